package io.floodmark.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits until a condition holds, by polling, for a bounded time.
final class Await {

    private static final long POLL_NANOS = 10_000_000;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private Await() {}

    /// A condition that may fail with any exception.
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(String what, Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
