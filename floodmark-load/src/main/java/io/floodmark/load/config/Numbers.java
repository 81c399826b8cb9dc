package io.floodmark.load.config;

import java.util.Locale;
import java.util.regex.Pattern;

/// Whole numbers within limits.
final class Numbers {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final int DIGITS_MAX = 18;

    private Numbers() {}

    /// An `int` from `min` to `max`; `unit` follows the limits in messages and may be empty.
    record Whole(int min, int max, String unit) implements Grammar<Integer> {

        @Override
        public Integer parse(String text) throws InvalidSetting {
            String number = text.strip();
            if (!WHOLE.matcher(number).matches()) {
                throw InvalidSetting.malformed("a whole number", range());
            }
            if (number.length() > DIGITS_MAX) {
                throw InvalidSetting.outOfRange(range());
            }
            long value = Long.parseLong(number);
            if (value < min || value > max) {
                throw InvalidSetting.outOfRange(range());
            }
            return (int) value;
        }

        @Override
        public String range() {
            String limits = String.format(Locale.ROOT, "%,d to %,d", min, max);
            return unit.isEmpty() ? limits : limits + " " + unit;
        }
    }

    /// Any `long`: a seed.
    record Seed() implements Grammar<Long> {

        @Override
        public Long parse(String text) throws InvalidSetting {
            String number = text.strip();
            if (!WHOLE.matcher(number).matches()) {
                throw InvalidSetting.malformed("a whole number", range());
            }
            try {
                return Long.parseLong(number);
            } catch (NumberFormatException _) {
                throw InvalidSetting.outOfRange(range());
            }
        }

        @Override
        public String range() {
            return "any whole number of 64 bits";
        }
    }
}
