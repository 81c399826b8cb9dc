package io.floodmark.load.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// Which workers are parked, and the waking of just enough of them.
///
/// Of the workers without work one *searches* (polls for some microseconds) before it parks; the
/// others park at once. The schedule wakes a parked worker only while none searches; a searcher
/// that found work wakes the next one if there is more. So a burst wakes workers one after another,
/// a flood wakes nobody needlessly, and an idle run costs nothing.
///
/// No wake-up is lost: a worker marks itself idle and stops to search *before* its last poll, the
/// schedule puts the arrival in *before* it looks for searchers and idle workers, and all of these
/// are sequentially consistent; so either the last poll sees the arrival or the schedule sees the
/// worker.
///
/// *Threads.* Workers call [#awaitWork] with their own index; [#wakeOne] may be called by any
/// thread.
final class IdleWorkers {

    private static final int SEARCH_ROUNDS = 50;
    private static final long PARK_NANOS_MAX = 100_000_000;

    private final Thread[] threads;
    private final AtomicLongArray idle;
    private final AtomicInteger searching = new AtomicInteger();

    IdleWorkers(int workers) {
        threads = new Thread[workers];
        idle = new AtomicLongArray((workers + 63) / 64);
    }

    void register(int worker, Thread thread) {
        threads[worker] = thread;
    }

    /// Whether an arrival that comes now finds a worker without work.
    boolean anyFree() {
        if (searching.get() > 0) {
            return true;
        }
        for (int word = 0; word < idle.length(); word++) {
            if (idle.get(word) != 0) {
                return true;
            }
        }
        return false;
    }

    /// To be called after an arrival was put in: sees to it that a worker looks for it.
    void wakeOne() {
        if (searching.get() == 0) {
            wakeParked();
        }
    }

    void wakeAll() {
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    /// Takes an arrival from `queue`, waiting for one.
    ///
    /// @return false when the queue is closed
    boolean awaitWork(int worker, ReleaseQueue queue, Operation into) {
        while (!queue.isClosed()) {
            if (queue.poll(into)) {
                return true;
            }
            if (search(queue, into)) {
                // Arrivals that came meanwhile relied on this search, which ends here.
                if (!queue.isEmpty()) {
                    wakeOne();
                }
                return true;
            }
            markIdle(worker);
            if (queue.poll(into)) {
                unmarkIdle(worker);
                return true;
            }
            parkUntilWoken(worker, queue);
        }
        return false;
    }

    /// One searches, the others park: more would only take the processor from those who work.
    private boolean search(ReleaseQueue queue, Operation into) {
        if (!searching.compareAndSet(0, 1)) {
            return false;
        }
        boolean found = false;
        for (int round = 0; round < SEARCH_ROUNDS && !found; round++) {
            found = queue.poll(into);
            if (!found) {
                Thread.onSpinWait();
            }
        }
        searching.set(0);
        return found;
    }

    private void parkUntilWoken(int worker, ReleaseQueue queue) {
        while (isIdle(worker) && !queue.isClosed() && queue.isEmpty()) {
            LockSupport.parkNanos(this, PARK_NANOS_MAX);
        }
        unmarkIdle(worker);
    }

    private void wakeParked() {
        for (int word = 0; word < idle.length(); word++) {
            long bits = idle.get(word);
            while (bits != 0) {
                long lowest = Long.lowestOneBit(bits);
                if (idle.compareAndSet(word, bits, bits & ~lowest)) {
                    LockSupport.unpark(threads[word * 64 + Long.numberOfTrailingZeros(lowest)]);
                    return;
                }
                bits = idle.get(word);
            }
        }
    }

    private boolean isIdle(int worker) {
        return (idle.get(worker / 64) & (1L << worker)) != 0;
    }

    private void markIdle(int worker) {
        idle.getAndAccumulate(worker / 64, 1L << worker, (bits, bit) -> bits | bit);
    }

    private void unmarkIdle(int worker) {
        idle.getAndAccumulate(worker / 64, 1L << worker, (bits, bit) -> bits & ~bit);
    }
}
