package io.floodmark.console.terminal;

import io.floodmark.load.record.Percentile;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/// How numbers are written in a terminal: the same everywhere, in no locale.
final class Figures {

    static final String NOTHING = "–";

    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Figures() {}

    // The annotation that it wants is in an artifact that nothing else here needs.
    @SuppressWarnings("AnnotateFormatMethod")
    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    static String grouped(long count) {
        return format("%,d", count);
    }

    /// At most five characters, for narrow columns.
    static String compact(long count) {
        if (count < 100_000) {
            return Long.toString(count);
        }
        if (count < 10_000_000) {
            return format("%dk", count / 1_000);
        }
        return count < 10_000_000_000L
                ? format("%dM", count / 1_000_000)
                : format("%dG", count / 1_000_000_000);
    }

    /// Milliseconds with three significant digits where they matter.
    static String millis(double millis) {
        if (millis == 0) {
            return "0";
        }
        if (millis < 0.1) {
            return format("%.3f", millis);
        }
        if (millis < 10) {
            return format("%.2f", millis);
        }
        return millis < 100 ? format("%.1f", millis) : format("%,.0f", millis);
    }

    static String millis(Percentile percentile) {
        return (percentile.lowerBound() ? "≥" : "") + millis(percentile.millis());
    }

    static String perSecond(double rate) {
        return rate < 1_000 ? format("%.1f", rate) : format("%,.0f", rate);
    }

    /// `part` as percent of `whole`; nothing when there is no whole.
    static String percent(long part, long whole) {
        return whole == 0 ? NOTHING : format("%.2f %%", 100.0 * part / whole);
    }

    static String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return format(unit == 0 ? "%.0f %s" : "%.1f %s", value, BYTE_UNITS[unit]);
    }

    static String cpu(OptionalDouble percent) {
        return percent.isEmpty() ? "unknown" : format("%.0f %%", percent.getAsDouble());
    }

    /// `250 ms`, `1.5 s` or `5 min 10 s`.
    static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            double seconds = duration.toMillis() / 1e3;
            return seconds == Math.rint(seconds)
                    ? format("%.0f s", seconds)
                    : format("%.1f s", seconds);
        }
        long minutes = duration.toMinutes();
        String rest = duration.toSecondsPart() == 0 ? "" : " " + duration.toSecondsPart() + " s";
        return minutes < 120
                ? minutes + " min" + rest
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /// Text that came from elsewhere, with nothing that could steer a terminal.
    static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return safe.toString();
    }

    static String shortened(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, columns - 1) + "…";
    }
}
