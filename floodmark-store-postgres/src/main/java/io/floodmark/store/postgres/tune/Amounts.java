package io.floodmark.store.postgres.tune;

import java.time.Duration;
import java.util.OptionalDouble;

/// Sizes and times as PostgreSQL writes them.
public final class Amounts {

    private static final double MOST = 1L << 50;
    private static final double NANOS_PER_MILLI = 1e6;

    private Amounts() {}

    /// Bytes of `512MB`, `8GB`; a unit is needed.
    ///
    /// @throws IllegalArgumentException for anything else
    public static long memory(String text) {
        return Math.round(
                positive(
                        text,
                        "(?i).*[kmgt]b\\s*",
                        text.strip().toUpperCase(java.util.Locale.ROOT).replace("KB", "kB"),
                        "a size such as 512MB or 8GB"));
    }

    /// The time of `800us`, `2ms`, `1.5s`; a unit is needed.
    ///
    /// @throws IllegalArgumentException for anything else
    public static Duration time(String text) {
        double millis = positive(text, ".*(us|ms|s|min)\\s*", text, "a time such as 2ms or 800us");
        return Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI));
    }

    /// `8GB`, `512MB`.
    public static String words(long bytes) {
        return SettingValue.memory(bytes);
    }

    private static double positive(String given, String form, String text, String expected) {
        OptionalDouble amount =
                given.matches(form) ? SettingValue.amount(text, "") : OptionalDouble.empty();
        if (amount.isEmpty() || !(amount.getAsDouble() > 0 && amount.getAsDouble() <= MOST)) {
            throw new IllegalArgumentException("expected " + expected + ", got '" + given + "'");
        }
        return amount.getAsDouble();
    }
}
