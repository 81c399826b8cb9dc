package io.floodmark.load.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// The bounded queue between the schedule and the workers: a ring of preallocated cells.
///
/// A cell is published and freed by its turn number, after Dmitry Vyukov's bounded queue
/// (1024cores.net): turn `t` of a cell means "free for arrival number t", `t + 1` means "holds
/// arrival number t".
///
/// *Threads.* One producer calls [#offer]; any number of workers call [#poll]. Both are lock-free
/// and allocate nothing. Depth and counts may be read by any thread; each is exact for a moment of
/// its call.
final class ReleaseQueue {

    private static final int SPARE_FACTOR = 4;

    private final int capacity;
    private final int mask;
    private final AtomicLongArray turns;
    private final long[] dueNanos;
    private final long[] releasedNanos;
    private final int[] kinds;
    private final boolean[] workerWasFree;
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong drained = new AtomicLong();
    private final AtomicLong depthMax = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    ReleaseQueue(int capacity) {
        this.capacity = capacity;
        // More cells than places: one whose taker was interrupted in the middle must not look full.
        int cells = SPARE_FACTOR * Integer.highestOneBit(Math.max(2, capacity) * 2 - 1);
        mask = cells - 1;
        turns = new AtomicLongArray(cells);
        for (int cell = 0; cell < cells; cell++) {
            turns.set(cell, cell);
        }
        dueNanos = new long[cells];
        releasedNanos = new long[cells];
        kinds = new int[cells];
        workerWasFree = new boolean[cells];
    }

    /// Puts an arrival in; its sequence is the number of arrivals put in before it.
    ///
    /// @return whether there was a place
    boolean offer(long due, long released, int kind, boolean workerFree) {
        long arrival = tail.getPlain();
        long depth = arrival - head.get();
        int cell = (int) arrival & mask;
        if (depth >= capacity || turns.getAcquire(cell) != arrival) {
            return false;
        }
        dueNanos[cell] = due;
        releasedNanos[cell] = released;
        kinds[cell] = kind;
        workerWasFree[cell] = workerFree;
        turns.setRelease(cell, arrival + 1);
        tail.set(arrival + 1);
        if (depth + 1 > depthMax.getPlain()) {
            depthMax.setOpaque(depth + 1);
        }
        return true;
    }

    /// Takes the oldest arrival into `into`.
    ///
    /// @return whether there was one, and the queue was not closed
    boolean poll(Operation into) {
        return !closed.getOpaque() && take(into);
    }

    /// As [#poll], but from a closed queue, by one thread: what is left at the end was not taken.
    boolean drain(Operation into) {
        if (!take(into)) {
            return false;
        }
        drained.setRelease(drained.getPlain() + 1);
        return true;
    }

    private boolean take(Operation into) {
        while (true) {
            long arrival = head.get();
            int cell = (int) arrival & mask;
            long turn = turns.getAcquire(cell);
            if (turn == arrival + 1) {
                if (head.compareAndSet(arrival, arrival + 1)) {
                    into.sequence = arrival;
                    into.dueNanos = dueNanos[cell];
                    into.releasedNanos = releasedNanos[cell];
                    into.kind = kinds[cell];
                    into.workerWasFree = workerWasFree[cell];
                    turns.setRelease(cell, arrival + mask + 1);
                    return true;
                }
            } else if (turn <= arrival && head.get() == arrival) {
                return false;
            }
        }
    }

    /// From now on [#poll] gives nothing.
    void close() {
        closed.set(true);
    }

    boolean isClosed() {
        return closed.get();
    }

    /// Arrivals that were ever put in.
    long offered() {
        return tail.get();
    }

    /// Arrivals that workers took out.
    long taken() {
        return head.get() - drained.get();
    }

    long depth() {
        return Math.max(0, tail.get() - head.get());
    }

    boolean isHalfEmpty() {
        return depth() <= capacity / 2;
    }

    boolean isEmpty() {
        return head.get() >= tail.get();
    }

    /// The deepest queue since the last call.
    long drainDepthMax() {
        return Math.max(depthMax.getAndSet(0), depth());
    }
}
