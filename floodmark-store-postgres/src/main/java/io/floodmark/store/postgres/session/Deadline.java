package io.floodmark.store.postgres.session;

import io.floodmark.store.AppendLimits;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.OperationCancelled;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The moment by which an operation must have ended.
public final class Deadline {
    private final LongSupplier nanos;
    private final long timeoutNanos;
    private final long atNanos;

    private Deadline(LongSupplier nanos, long timeoutNanos) {
        this.nanos = nanos;
        this.timeoutNanos = timeoutNanos;
        this.atNanos = nanos.getAsLong() + timeoutNanos;
    }

    /// The moment `timeout` from now.
    ///
    /// @param nanos the timer, as `System.nanoTime()`
    /// @throws IllegalArgumentException if the timeout is beyond what a store accepts
    public static Deadline in(Duration timeout, LongSupplier nanos) {
        return new Deadline(nanos, AppendLimits.timeoutNanos(timeout));
    }

    /// The earlier of this and the moment `wait` from now.
    public Deadline atMost(Duration wait) {
        return remainingNanos() <= wait.toNanos() ? this : new Deadline(nanos, wait.toNanos());
    }

    /// Nanoseconds left, 0 when it has passed.
    public long remainingNanos() {
        return Math.max(0, atNanos - nanos.getAsLong());
    }

    /// Whether the moment has passed.
    public boolean hasPassed() {
        return remainingNanos() == 0;
    }

    /// The failure of an operation that could not end in time.
    public DeadlineExceeded exceeded(String what) {
        return new DeadlineExceeded(
                "could not %s within %d ms; nothing was written"
                        .formatted(what, Duration.ofNanos(timeoutNanos).toMillis()));
    }

    /// Fails when the moment has passed or the thread is interrupted.
    public void check(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw cancelled(what);
        }
        if (hasPassed()) {
            throw exceeded(what);
        }
    }

    /// The failure of an operation whose thread was interrupted; the thread stays interrupted.
    public static OperationCancelled cancelled(String what) {
        Thread.currentThread().interrupt();
        return new OperationCancelled("interrupted: could not " + what + "; nothing was written");
    }
}
