package io.floodmark.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The one place of this module that waits: polls a condition until a deadline.
final class Waiting {
    private static final long POLL_NANOS = 5_000_000;

    private Waiting() {}

    /// True as soon as the condition holds; false when the time is over or the thread was
    /// interrupted (the interrupt stays set).
    static boolean until(Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
