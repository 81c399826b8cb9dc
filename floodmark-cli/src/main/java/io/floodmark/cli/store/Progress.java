package io.floodmark.cli.store;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Tells once a second how far a long piece of work is: how much, how fast, how long still.
///
/// For one thread.
public final class Progress {
    private static final long EVERY_NANOS = 1_000_000_000;

    private final String what;
    private final Consumer<String> to;
    private final LongSupplier nanos;
    private final long startNanos;
    private long nextNanos;

    /// @param what the work, as in "exported"
    /// @param to takes the lines
    /// @param nanos a monotonic clock
    public Progress(String what, Consumer<String> to, LongSupplier nanos) {
        this.what = what;
        this.to = to;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.nextNanos = startNanos + EVERY_NANOS;
    }

    /// Says how far it is, if it is time.
    ///
    /// @param events how many are done
    /// @param done of `total`, in whatever unit
    /// @param total all there is, when known
    public void at(long events, long done, OptionalLong total) {
        long now = nanos.getAsLong();
        if (now - nextNanos >= 0) {
            nextNanos = now + EVERY_NANOS;
            to.accept(line(events, done, total, seconds(now)));
        }
    }

    private String line(long events, long done, OptionalLong total, double seconds) {
        String line =
                String.format(
                        Locale.ROOT, "%s %,d events, %,.0f/s", what, events, events / seconds);
        if (total.isEmpty() || done == 0) {
            return line;
        }
        double share = Math.min(1, (double) done / Math.max(1, total.getAsLong()));
        double left = seconds * (1 - share) / share;
        return String.format(Locale.ROOT, "%s, %.0f %%, %s left", line, 100 * share, words(left));
    }

    private static String words(double seconds) {
        Duration left = Duration.ofSeconds((long) Math.ceil(seconds));
        return left.toHours() > 0
                ? "%d h %02d min".formatted(left.toHours(), left.toMinutesPart())
                : left.toMinutes() > 0
                        ? "%d min %02d s".formatted(left.toMinutes(), left.toSecondsPart())
                        : left.toSeconds() + " s";
    }

    /// Seconds since the start, never 0.
    double seconds() {
        return seconds(nanos.getAsLong());
    }

    private double seconds(long now) {
        return Math.max(1e-6, (now - startNanos) / 1e9);
    }
}
