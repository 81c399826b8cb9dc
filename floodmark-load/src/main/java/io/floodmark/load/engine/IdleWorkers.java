package io.floodmark.load.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// Which workers are parked, and the waking of just enough of them.
///
/// Of the workers without work one *searches* (polls for some microseconds) before it parks; the
/// others park at once. Whoever wakes a parked worker makes it the searcher before it runs, so that
/// a flood of arrivals does not wake one after another for the same work. A searcher that found
/// work passes the search on if there is more.
///
/// No wake-up is lost. The schedule puts an arrival in and then looks for a searcher; a worker
/// marks itself idle and then polls once more; a searcher gives the search up and then looks at the
/// queue; and all of this is sequentially consistent. So an arrival is seen by the last poll, or by
/// the searcher on which the schedule relied, or the schedule sees the idle worker. A waker that
/// finds nobody parked gives the search back and looks again, because others may have relied on it
/// meanwhile.
///
/// *Threads.* Workers call [#awaitWork] with their own index; [#wakeOne] may be called by any
/// thread.
final class IdleWorkers {

    private static final int SEARCH_ROUNDS = 50;
    private static final long PARK_NANOS_MAX = 1_000_000_000;

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

    /// Workers that could take an arrival which comes now.
    int free() {
        int free = searching.get();
        for (int word = 0; word < idle.length(); word++) {
            free += Long.bitCount(idle.get(word));
        }
        return free;
    }

    /// To be called after an arrival was put in: sees to it that a worker looks for it.
    void wakeOne(ReleaseQueue queue) {
        while (!queue.isEmpty() && searching.compareAndSet(0, 1)) {
            if (wakeParked()) {
                return;
            }
            searching.set(0);
            if (nobodyParked()) {
                return;
            }
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
        boolean searcher = false;
        while (!queue.isClosed()) {
            if (queue.poll(into)) {
                return found(searcher, queue);
            }
            if (searcher || searching.compareAndSet(0, 1)) {
                if (search(queue, into)) {
                    return found(true, queue);
                }
                searching.set(0);
            }
            markIdle(worker);
            boolean found = queue.poll(into);
            if (!found) {
                parkUntilWoken(worker, queue);
            }
            searcher = !unmarkIdle(worker);
            if (found) {
                return found(searcher, queue);
            }
        }
        return false;
    }

    private boolean found(boolean searcher, ReleaseQueue queue) {
        if (searcher) {
            searching.set(0);
            wakeOne(queue);
        }
        return true;
    }

    private static boolean search(ReleaseQueue queue, Operation into) {
        for (int round = 0; round < SEARCH_ROUNDS; round++) {
            if (queue.poll(into)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private void parkUntilWoken(int worker, ReleaseQueue queue) {
        while (isIdle(worker) && !queue.isClosed() && queue.isEmpty()) {
            LockSupport.parkNanos(this, PARK_NANOS_MAX);
        }
    }

    private boolean nobodyParked() {
        for (int word = 0; word < idle.length(); word++) {
            if (idle.get(word) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean wakeParked() {
        for (int word = 0; word < idle.length(); word++) {
            long bits = idle.get(word);
            while (bits != 0) {
                long lowest = Long.lowestOneBit(bits);
                if (idle.compareAndSet(word, bits, bits & ~lowest)) {
                    LockSupport.unpark(threads[word * 64 + Long.numberOfTrailingZeros(lowest)]);
                    return true;
                }
                bits = idle.get(word);
            }
        }
        return false;
    }

    private boolean isIdle(int worker) {
        return (idle.get(worker / 64) & (1L << worker)) != 0;
    }

    private void markIdle(int worker) {
        idle.getAndAccumulate(worker / 64, 1L << worker, (bits, bit) -> bits | bit);
    }

    /// @return whether it was marked; if not, a waker took the mark and made the worker the
    ///   searcher
    private boolean unmarkIdle(int worker) {
        long bit = 1L << worker;
        long before = idle.getAndAccumulate(worker / 64, bit, (bits, mine) -> bits & ~mine);
        return (before & bit) != 0;
    }
}
