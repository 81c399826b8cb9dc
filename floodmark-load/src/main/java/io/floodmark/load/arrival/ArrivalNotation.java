package io.floodmark.load.arrival;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The notation of arrival processes on the command line and in scenarios: `constant`, `poisson`,
/// `ramp:FROM..TO`, `steps:LENGTH:RATE,...`, `closed`.
public final class ArrivalNotation {

    /// What a user may write, for messages and `--help`.
    public static final String GRAMMAR =
            "constant | poisson | ramp:FROM..TO | steps:10s:100,20s:200 | closed";

    private static final double RATE_MAX = 10_000_000;
    private static final Pattern RAMP = Pattern.compile("([0-9.]+)\\.\\.([0-9.]+)");
    private static final Pattern STEP =
            Pattern.compile("((?:[0-9.]+(?:us|ms|d|h|m|s))+):([0-9.]+)(?:/s)?");
    private static final Pattern LENGTH_PART = Pattern.compile("([0-9.]+)(us|ms|d|h|m|s)");

    private ArrivalNotation() {}

    /// Reads `text`.
    ///
    /// @param perSecond the rate for the processes that take one
    /// @param duration the run's length, over which a ramp stretches
    /// @throws IllegalArgumentException with a sentence for the user, when `text` is not of the
    ///   grammar
    public static Pacing parse(String text, double perSecond, Duration duration) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String detail = colon < 0 ? "" : text.substring(colon + 1);
        return switch (name) {
            case "constant" ->
                    plain(text, detail, new Pacing.Open(new ConstantArrivals(perSecond)));
            case "poisson" -> plain(text, detail, new Pacing.Open(new PoissonArrivals(perSecond)));
            case "closed" -> plain(text, detail, new Pacing.Closed());
            case "ramp" -> new Pacing.Open(ramp(text, detail, duration));
            case "steps" -> new Pacing.Open(steps(text, detail));
            default -> throw invalid(text, "unknown process \"" + name + "\"");
        };
    }

    private static Pacing plain(String text, String detail, Pacing pacing) {
        if (!detail.isEmpty()) {
            throw invalid(text, "nothing may follow the name; the rate is a setting of its own");
        }
        return pacing;
    }

    private static RampArrivals ramp(String text, String detail, Duration duration) {
        Matcher matcher = RAMP.matcher(detail);
        if (!matcher.matches()) {
            throw invalid(text, "a ramp is written ramp:FROM..TO, for example ramp:0..600");
        }
        double from = rate(text, matcher.group(1));
        double to = rate(text, matcher.group(2));
        if (from == 0 && to == 0) {
            throw invalid(text, "one end of a ramp must be above zero");
        }
        return new RampArrivals(from, to, duration);
    }

    private static StepArrivals steps(String text, String detail) {
        List<StepArrivals.Step> steps = new ArrayList<>();
        for (String part : detail.split(",", -1)) {
            Matcher matcher = STEP.matcher(part.strip());
            if (!matcher.matches()) {
                throw invalid(text, "\"" + part + "\" is not a step like 10s:100");
            }
            steps.add(
                    new StepArrivals.Step(
                            length(text, matcher.group(1)), rate(text, matcher.group(2))));
        }
        if (steps.stream().allMatch(step -> step.perSecond() == 0)) {
            throw invalid(text, "at least one step needs a rate above zero");
        }
        return new StepArrivals(steps);
    }

    private static Duration length(String text, String parts) {
        double seconds = 0;
        Matcher part = LENGTH_PART.matcher(parts);
        while (part.find()) {
            seconds += number(text, part.group(1)) * secondsOf(part.group(2));
        }
        if (seconds <= 0 || seconds > 7 * 86_400) {
            throw invalid(text, "a step lasts more than 0 s and at most 7 days");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static double secondsOf(String unit) {
        return switch (unit) {
            case "us" -> 1e-6;
            case "ms" -> 1e-3;
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 1;
        };
    }

    private static double rate(String text, String number) {
        double rate = number(text, number);
        if (rate > RATE_MAX) {
            throw invalid(text, number + " is above the highest rate, 10,000,000/s");
        }
        return rate;
    }

    private static double number(String text, String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException _) {
            throw invalid(text, "\"" + number + "\" is not a number");
        }
    }

    private static IllegalArgumentException invalid(String text, String reason) {
        return new IllegalArgumentException(
                "arrival \"%s\": %s; allowed: %s".formatted(text, reason, GRAMMAR));
    }
}
