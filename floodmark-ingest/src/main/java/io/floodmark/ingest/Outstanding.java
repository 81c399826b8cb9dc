package io.floodmark.ingest;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts what is under way, so that somebody can wait until nothing is. *Threads:* for all.
public final class Outstanding {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private long count;

    /// Nothing is under way.
    public Outstanding() {}

    /// One more.
    public void begin() {
        lock.lock();
        try {
            count++;
        } finally {
            lock.unlock();
        }
    }

    /// One less.
    public void end() {
        lock.lock();
        try {
            if (--count == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing is under way; false when that took longer than `most`, or the thread was
    /// interrupted, which stays set.
    public boolean awaitNone(Duration most) {
        lock.lock();
        try {
            long left = most.toNanos();
            while (count > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
            return count == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
