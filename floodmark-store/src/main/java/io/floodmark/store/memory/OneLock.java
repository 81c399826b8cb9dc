package io.floodmark.store.memory;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.floodmark.store.OperationCancelled;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The one lock of the store: whoever holds it may use all its parts, and nobody else.
///
/// *Threads:* any. A thread that waits for a change lets the others in meanwhile, and looks again
/// at least every [#POLL], because an injected clock moves without telling.
final class OneLock {

    private static final Duration POLL = Duration.ofMillis(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    /// Does the work alone, unless the deadline, an interrupt or the end of the store comes first.
    <T> T alone(Deadline deadline, Supplier<T> work) {
        enter(deadline);
        try {
            requireOpen();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// Does short work alone that must be done even on an interrupted thread.
    void aloneAlways(Runnable work) {
        lock.lock();
        try {
            work.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        aloneAlways(() -> closed = true);
    }

    private void enter(Deadline deadline) {
        try {
            boolean entered = lock.tryLock(deadline.remainingNanos(), NANOSECONDS);
            if (!entered) {
                throw deadline.exceeded();
            }
            if (deadline.isOver()) {
                lock.unlock();
                throw deadline.exceeded();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The store is closed");
        }
    }

    /// Called by who is alone: others may have something to wake up for.
    void announceChange() {
        changed.signalAll();
    }

    /// Called by who is alone: repeats the attempt until its outcome will do or the deadline is
    /// over, and lets others in between.
    ///
    /// @return the last outcome
    <T> T repeat(Supplier<T> attempt, Predicate<T> willDo, Deadline deadline) {
        T outcome = attempt.get();
        try {
            while (!willDo.test(outcome) && !deadline.isOver()) {
                changed.awaitNanos(Math.min(deadline.remainingNanos(), POLL.toNanos()));
                if (closed) {
                    throw new OperationCancelled(
                            "The store was closed during the call; nothing was written");
                }
                outcome = attempt.get();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return outcome;
    }

    private static OperationCancelled interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new OperationCancelled(
                "The thread was interrupted before the call was decided; nothing was written", e);
    }
}
