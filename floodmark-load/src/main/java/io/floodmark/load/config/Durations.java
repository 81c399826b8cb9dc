package io.floodmark.load.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time: `30s`, `500ms`, `1h30m`, `2d`.
///
/// @param min shortest allowed
/// @param max longest allowed
/// @param bare whether a number without unit means seconds; otherwise it is refused
record Durations(Duration min, Duration max, boolean bare) implements Grammar<Duration> {

    /// The length of a run.
    static final Durations OF_RUN = new Durations(Duration.ofSeconds(1), Duration.ofDays(7), true);

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}(?:\\.[0-9]{1,9})?");
    private static final Pattern PART =
            Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ms|us|d|h|m|s)\\s*");
    private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms", "us");

    @Override
    public Duration parse(String text) throws InvalidSetting {
        Duration value = read(text.strip());
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw InvalidSetting.outOfRange(range());
        }
        return value;
    }

    private Duration read(String text) throws InvalidSetting {
        if (NUMBER.matcher(text).matches()) {
            if (!bare) {
                throw new InvalidSetting("has no unit: write " + text + "s or " + text + "ms");
            }
            return of(new BigDecimal(text), "s");
        }
        if (text.startsWith("-")) {
            throw InvalidSetting.outOfRange(range());
        }
        return sum(text);
    }

    /// Adds the parts, each unit at most once and from long to short.
    private Duration sum(String text) throws InvalidSetting {
        Matcher matcher = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        int unitBefore = -1;
        while (end < text.length()) {
            int unit = matcher.find(end) && matcher.start() == end ? unit(matcher) : -1;
            if (unit <= unitBefore) {
                throw malformed();
            }
            sum = sum.plus(of(new BigDecimal(matcher.group(1)), matcher.group(2)));
            unitBefore = unit;
            end = matcher.end();
        }
        if (end == 0) {
            throw malformed();
        }
        return sum;
    }

    private static int unit(Matcher matcher) {
        return UNITS.indexOf(matcher.group(2));
    }

    private InvalidSetting malformed() {
        return InvalidSetting.malformed("a length of time", range());
    }

    private static Duration of(BigDecimal number, String unit) {
        BigDecimal seconds =
                switch (unit) {
                    case "d" -> number.multiply(BigDecimal.valueOf(86_400));
                    case "h" -> number.multiply(BigDecimal.valueOf(3_600));
                    case "m" -> number.multiply(BigDecimal.valueOf(60));
                    case "ms" -> number.movePointLeft(3);
                    case "us" -> number.movePointLeft(6);
                    default -> number;
                };
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(9).longValue();
        return Duration.ofSeconds(whole.longValue(), nanos);
    }

    @Override
    public String range() {
        String example =
                bare ? "such as 30s, 5m, 1h30m or a number of seconds" : "such as 500ms or 2s";
        return write(min) + " to " + write(max) + ", " + example;
    }

    @Override
    public String format(Duration value) {
        return write(value);
    }

    /// `1h30m`, `500ms`; what [#parse(String)] reads again.
    static String write(Duration value) {
        if (value.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        append(text, value.toDays(), "d");
        append(text, value.toHoursPart(), "h");
        append(text, value.toMinutesPart(), "m");
        append(text, value.toSecondsPart(), "s");
        append(text, value.toMillisPart(), "ms");
        append(text, value.toNanosPart() / 1_000 % 1_000, "us");
        return text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number != 0) {
            text.append(number).append(unit);
        }
    }

    /// A length of time or `none`.
    record OrNone(Durations lengths) implements Grammar<Optional<Duration>> {

        @Override
        public Optional<Duration> parse(String text) throws InvalidSetting {
            return text.strip().equals("none")
                    ? Optional.empty()
                    : Optional.of(lengths.parse(text));
        }

        @Override
        public String range() {
            return lengths.range() + ", or none";
        }

        @Override
        public String format(Optional<Duration> value) {
            return value.map(Durations::write).orElse("none");
        }
    }
}
