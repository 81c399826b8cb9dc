package io.floodmark.store.memory;

import io.floodmark.store.Delivery;
import io.floodmark.store.Subscription;
import java.time.Clock;
import java.time.Duration;

/// One consumer; what it knows is kept in [SharedProgress].
final class MemorySubscription implements Subscription {

    private final Calls calls;
    private final SharedProgress progress;
    private final Clock clock;
    private final int batchMax;

    /// Under [OneLock].
    private boolean closed;

    MemorySubscription(Calls calls, SharedProgress progress, Clock clock, int batchMax) {
        this.calls = calls;
        this.progress = progress;
        this.clock = clock;
        this.batchMax = batchMax;
    }

    @Override
    public Delivery next(Duration wait) {
        Deadline deadline = calls.deadline("next", wait);
        OneLock lock = calls.lock();
        return calls.alone(
                "next", () -> lock.repeat(this::nextNow, found -> !found.isEmpty(), deadline));
    }

    private MemoryDelivery nextNow() {
        requireOpen();
        progress.join(this, clock.instant());
        progress.balance(this);
        return progress.deliver(this, batchMax);
    }

    @Override
    public void acknowledge(Delivery delivery) {
        if (!(delivery instanceof MemoryDelivery mine) || mine.consumer() != this) {
            throw new IllegalArgumentException(
                    "The delivery came from another consumer; acknowledge it there");
        }
        calls.alone(
                "acknowledge",
                () -> {
                    requireOpen();
                    progress.acknowledge(mine);
                    progress.join(this, clock.instant());
                    return mine;
                });
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This consumer is closed; open another");
        }
        progress.requireExisting();
    }

    @Override
    public void close() {
        calls.lock()
                .aloneAlways(() -> {
                    closed = true;
                    progress.leave(this);
                });
    }
}
