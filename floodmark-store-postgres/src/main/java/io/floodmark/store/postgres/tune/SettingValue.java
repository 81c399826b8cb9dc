package io.floodmark.store.postgres.tune;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values of server settings as PostgreSQL writes them (`8GB`, `15min`, `16384` of unit `8kB`,
/// `on`), compared by what they mean.
final class SettingValue {

    private static final Pattern AMOUNT =
            Pattern.compile("(-?[0-9]{1,15}(?:\\.[0-9]{1,9})?)\\s*([0-9]*[A-Za-z]*)");
    private static final double KIB = 1024;
    private static final Map<String, Double> UNITS =
            Map.ofEntries(
                    Map.entry("", 1.0),
                    Map.entry("B", 1.0),
                    Map.entry("kB", KIB),
                    Map.entry("8kB", 8 * KIB),
                    Map.entry("16MB", 16 * KIB * KIB),
                    Map.entry("MB", KIB * KIB),
                    Map.entry("GB", KIB * KIB * KIB),
                    Map.entry("TB", KIB * KIB * KIB * KIB),
                    Map.entry("us", 0.001),
                    Map.entry("ms", 1.0),
                    Map.entry("s", 1_000.0),
                    Map.entry("min", 60_000.0),
                    Map.entry("h", 3_600_000.0),
                    Map.entry("d", 86_400_000.0));
    private static final double SLACK = 1e-9;

    private SettingValue() {}

    /// Bytes, milliseconds or the bare number; nothing for words.
    ///
    /// @param text the value, with or without a unit
    /// @param unit the unit of the setting when `text` has none; empty for settings without unit
    static OptionalDouble amount(String text, String unit) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        String own = String.valueOf(matcher.group(2));
        Double factor = UNITS.get(own.isEmpty() ? unit : own);
        return factor == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(matcher.group(1)) * factor);
    }

    /// Whether both mean the same.
    static boolean same(String one, String other, String unit) {
        OptionalDouble first = amount(one, unit);
        OptionalDouble second = amount(other, unit);
        if (first.isPresent() && second.isPresent()) {
            return close(first.getAsDouble(), second.getAsDouble());
        }
        return one.strip().equalsIgnoreCase(other.strip());
    }

    /// Whether `value` lies between the limits, both included; never for words.
    static boolean between(String value, String least, String most, String unit) {
        OptionalDouble amount = amount(value, unit);
        OptionalDouble low = amount(least, unit);
        OptionalDouble high = amount(most, unit);
        if (amount.isEmpty() || low.isEmpty() || high.isEmpty()) {
            return false;
        }
        double number = amount.getAsDouble();
        return (number >= low.getAsDouble() || close(number, low.getAsDouble()))
                && (number <= high.getAsDouble() || close(number, high.getAsDouble()));
    }

    private static boolean close(double one, double other) {
        return Math.abs(one - other) <= SLACK * Math.max(Math.abs(one), Math.abs(other));
    }

    /// Memory in the largest unit that needs no fraction: `512MB`, `8GB`.
    static String memory(long bytes) {
        long mebibytes = Math.max(1, bytes >> 20);
        return mebibytes % 1024 == 0
                ? String.format(Locale.ROOT, "%dGB", mebibytes / 1024)
                : String.format(Locale.ROOT, "%dMB", mebibytes);
    }
}
