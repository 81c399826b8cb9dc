package io.floodmark.load.config;

import io.floodmark.load.config.ArrivalText.Form;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `constant`, `poisson`, `ramp:FROM..TO`, `steps:10s:100,20s:200` or `closed`.
final class Arrivals implements Grammar<ArrivalText> {

    private static final int STEPS_MAX = 1_000;
    private static final List<String> FORMS =
            List.of("constant", "poisson", "ramp", "steps", "closed");

    private final Rates rates = new Rates();
    private final Durations lengths = new Durations(Duration.ofMillis(1), Duration.ofDays(7), true);

    @Override
    public ArrivalText parse(String text) throws InvalidSetting {
        String written = text.strip();
        return switch (written) {
            case "constant" -> new ArrivalText(written, Form.CONSTANT, Optional.empty());
            case "poisson" -> new ArrivalText(written, Form.POISSON, Optional.empty());
            case "closed" -> new ArrivalText(written, Form.CLOSED, Optional.empty());
            default -> withRates(written);
        };
    }

    private ArrivalText withRates(String written) throws InvalidSetting {
        if (written.startsWith("ramp:")) {
            return ramp(written.substring("ramp:".length()));
        }
        if (written.startsWith("steps:")) {
            return steps(written.substring("steps:".length()));
        }
        int colon = written.indexOf(':');
        String form = colon < 0 ? written : written.substring(0, colon);
        throw new InvalidSetting(
                "is not an arrival process: expected " + range() + NearestName.hint(form, FORMS));
    }

    private ArrivalText ramp(String ends) throws InvalidSetting {
        int dots = ends.indexOf("..");
        if (dots < 0) {
            throw InvalidSetting.malformed("a ramp", "ramp:FROM..TO, such as ramp:10..100");
        }
        BigDecimal from = rate(ends.substring(0, dots), "the ramp's begin");
        BigDecimal to = rate(ends.substring(dots + 2), "the ramp's end");
        if (from.signum() == 0 && to.signum() == 0) {
            throw new InvalidSetting("is a ramp without any arrivals: one end must be above 0");
        }
        String plain = "ramp:" + Rates.plain(from) + ".." + Rates.plain(to);
        return new ArrivalText(plain, Form.RAMP, Optional.empty());
    }

    private ArrivalText steps(String list) throws InvalidSetting {
        List<String> written = List.of(list.split(",", -1));
        if (written.size() > STEPS_MAX) {
            throw new InvalidSetting("has more than 1,000 steps");
        }
        List<String> plain = new ArrayList<>();
        Duration sum = Duration.ZERO;
        boolean arrivals = false;
        for (String step : written) {
            int colon = step.indexOf(':');
            if (colon < 0) {
                throw InvalidSetting.malformed("a list of steps", "LENGTH:RATE,LENGTH:RATE,...");
            }
            Duration length = length(step.substring(0, colon), plain.size() + 1);
            BigDecimal rate = rate(step.substring(colon + 1), "step " + (plain.size() + 1));
            plain.add(Durations.write(length) + ":" + Rates.plain(rate));
            sum = sum.plus(length);
            arrivals |= rate.signum() > 0;
        }
        requirePossible(arrivals, sum);
        return new ArrivalText("steps:" + String.join(",", plain), Form.STEPS, Optional.of(sum));
    }

    private static void requirePossible(boolean arrivals, Duration sum) throws InvalidSetting {
        if (!arrivals) {
            throw new InvalidSetting("has no arrivals: one step must have a rate above 0");
        }
        Durations run = Durations.OF_RUN;
        if (sum.compareTo(run.min()) < 0 || sum.compareTo(run.max()) > 0) {
            throw new InvalidSetting(
                    "lasts " + Durations.write(sum) + ", but a run lasts 1s to 7d");
        }
    }

    private BigDecimal rate(String text, String where) throws InvalidSetting {
        try {
            return rates.parseFromZero(text);
        } catch (InvalidSetting problem) {
            throw in(where, problem);
        }
    }

    private Duration length(String text, int step) throws InvalidSetting {
        try {
            return lengths.parse(text);
        } catch (InvalidSetting problem) {
            throw in("step " + step, problem);
        }
    }

    private static InvalidSetting in(String where, InvalidSetting problem) {
        return new InvalidSetting("has a mistake: " + where + " " + problem.complaint());
    }

    @Override
    public String range() {
        return "constant, poisson, ramp:FROM..TO, steps:10s:100,20s:200 or closed";
    }
}
