package io.floodmark.load.postgres;

import java.util.concurrent.locks.LockSupport;

/// When the next session may be opened after the server refused some: 10 ms later, doubling up to
/// 200 ms, so that a dead server is not hammered. A success forgets it all.
///
/// *Threads.* Confined to the lock of its pool. Times are of the pool's clock, in nanoseconds.
final class OpeningBackoff {

    private static final long FIRST_NANOS = 10_000_000;
    private static final long MAX_NANOS = 200_000_000;

    private long delayNanos;
    private long notBefore;
    private boolean retryPlanned;

    /// Nanoseconds until the next attempt; zero or less when it may be made now.
    long remaining(long now) {
        return delayNanos == 0 ? 0 : notBefore - now;
    }

    /// Attempts that fail together count once: only the first of them prolongs the delay.
    void refused(long now) {
        if (remaining(now) > 0) {
            return;
        }
        delayNanos = delayNanos == 0 ? FIRST_NANOS : Math.min(2 * delayNanos, MAX_NANOS);
        notBefore = now + delayNanos;
    }

    /// Runs `retry` once after the delay, on a virtual thread without the lock; it reports
    /// [#retryCame()]. A retry that comes early plans another one.
    void planRetry(long afterNanos, Runnable retry) {
        if (!retryPlanned) {
            retryPlanned = true;
            Thread.ofVirtual().name("floodmark-open-retry").start(() -> run(afterNanos, retry));
        }
    }

    private static void run(long afterNanos, Runnable retry) {
        LockSupport.parkNanos(afterNanos);
        retry.run();
    }

    void retryCame() {
        retryPlanned = false;
    }

    void accepted() {
        delayNanos = 0;
    }
}
