package io.floodmark.bench.pgbench;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What pgbench prints at its end, of any version since 9.6.
///
/// @param perSecond its tps, without the time to connect
/// @param transactions how many it processed
/// @param failed how many failed; versions before 15 do not say, and stop the client instead
record PgbenchOutput(double perSecond, long transactions, long failed) {

    private static final Pattern TPS_WITHOUT_CONNECTING =
            Pattern.compile(
                    "^tps = ([0-9.]+) \\((?:without initial connection time"
                            + "|excluding connections establishing)\\)",
                    Pattern.MULTILINE);
    private static final Pattern PROCESSED =
            Pattern.compile(
                    "^number of transactions actually processed: ([0-9]+)", Pattern.MULTILINE);
    private static final Pattern FAILED =
            Pattern.compile("^number of failed transactions: ([0-9]+)", Pattern.MULTILINE);

    /// @throws IllegalArgumentException when the text lacks a number
    static PgbenchOutput parse(String text) {
        return new PgbenchOutput(
                tps(text)
                        .orElseThrow(
                                () -> lacking(text, "tps without the initial connection time")),
                count(text, PROCESSED)
                        .orElseThrow(() -> lacking(text, "number of transactions processed")),
                count(text, FAILED).orElse(0));
    }

    private static OptionalDouble tps(String text) {
        Matcher matcher = TPS_WITHOUT_CONNECTING.matcher(text);
        return matcher.find()
                ? OptionalDouble.of(Double.parseDouble(matcher.group(1)))
                : OptionalDouble.empty();
    }

    private static OptionalLong count(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }

    private static IllegalArgumentException lacking(String text, String what) {
        return new IllegalArgumentException(
                "pgbench's output has no %s; it said: %s".formatted(what, text.strip()));
    }
}
