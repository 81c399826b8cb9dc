package io.floodmark.load.postgres;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits in tests until a condition holds, by polling, for a bounded time.
public final class Awaiting {

    private static final long POLL_NANOS = 2_000_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// A condition that may fail with any exception.
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    private Awaiting() {}

    /// Returns as soon as `condition` holds.
    ///
    /// @throws AssertionError with `what` when it does not within 20 seconds
    public static void until(String what, Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
