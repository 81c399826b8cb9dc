package io.floodmark.store.memory;

import io.floodmark.store.AppendLimits;
import io.floodmark.store.DeadlineExceeded;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The moment at which a call has to end. Immutable.
final class Deadline {

    private final String call;
    private final Duration timeout;
    private final LongSupplier nanos;
    private final long endNanos;

    /// @param call its name in the message
    Deadline(String call, Duration timeout, LongSupplier nanos) {
        this.call = call;
        this.timeout = timeout;
        this.nanos = nanos;
        endNanos = nanos.getAsLong() + AppendLimits.timeoutNanos(timeout);
    }

    /// 0 or less when it is over.
    long remainingNanos() {
        return endNanos - nanos.getAsLong();
    }

    boolean isOver() {
        return remainingNanos() <= 0;
    }

    DeadlineExceeded exceeded() {
        return new DeadlineExceeded(
                "%s was not done within its timeout of %s; nothing was written. Allow more time or"
                                .formatted(call, timeout)
                        + " ask for less");
    }
}
