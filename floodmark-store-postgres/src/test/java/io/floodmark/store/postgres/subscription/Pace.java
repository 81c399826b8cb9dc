package io.floodmark.store.postgres.subscription;

import io.floodmark.store.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How far a run has come, in events stored: what all its threads wait for. *Threads:* for all.
final class Pace {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final long target;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    // Guarded by lock.
    private long changes;
    private long stored;
    private Optional<Position> end = Optional.empty();
    private boolean aborted;

    /// @param target events after which nobody begins to write
    Pace(long target) {
        this.target = target;
    }

    long target() {
        return target;
    }

    void stored(int events) {
        change(() -> stored += events);
    }

    /// All is written: the last position.
    void ended(Position head) {
        change(() -> end = Optional.of(head));
    }

    /// Ends all waits and loops, after a failure.
    void abort() {
        change(() -> aborted = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changes++;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isWriting() {
        lock.lock();
        try {
            return stored < target && !aborted;
        } finally {
            lock.unlock();
        }
    }

    boolean isAborted() {
        lock.lock();
        try {
            return aborted;
        } finally {
            lock.unlock();
        }
    }

    Optional<Position> end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until so many events are stored, or all; false when the time was over before.
    boolean awaitStored(long events, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (stored < Math.min(events, target) && !aborted && left > 0) {
                left = moved.awaitNanos(left);
            }
            return left > 0;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until something moves, for a moment at most: a pause after a failure.
    void pause() throws InterruptedException {
        long left = PAUSE.toNanos();
        lock.lockInterruptibly();
        try {
            long before = changes;
            while (changes == before && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
