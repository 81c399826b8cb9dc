package io.floodmark.load.engine;

import java.util.concurrent.atomic.AtomicLong;

/// A worker's finished operations, on their way to the [Statistics]: a ring of plain numbers.
///
/// *Threads.* The worker calls [#add]; whoever holds the lock of the [Statistics] calls
/// [#drainInto]. The worker never waits, except that it drains its own buffer, under that lock,
/// when it is full.
final class SampleBuffer {

    static final int FIELDS = 7;
    private static final int CAPACITY = 64;
    private static final int FREE_WORKER = 1 << 16;
    private static final int BOUND = 1 << 17;

    private final long[] values = new long[CAPACITY * FIELDS];
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong drained = new AtomicLong();
    private final Sample sample = new Sample();

    boolean isFull() {
        return added.getPlain() - drained.getAcquire() == CAPACITY;
    }

    /// How many operations ended here so far.
    long count() {
        return added.getAcquire();
    }

    /// @param bound whether `endNanos` is only the moment until which the operation had not ended
    void add(Operation operation, Outcome outcome, long endNanos, boolean bound) {
        long position = added.getPlain();
        int at = (int) (position & (CAPACITY - 1)) * FIELDS;
        values[at] = operation.dueNanos;
        values[at + 1] = operation.releasedNanos;
        values[at + 2] = operation.takenNanos;
        values[at + 3] = operation.acquiredNanos;
        values[at + 4] = operation.sentNanos;
        values[at + 5] = endNanos;
        values[at + 6] =
                operation.kind
                        | outcome.code << 8
                        | (operation.workerWasFree ? FREE_WORKER : 0)
                        | (bound ? BOUND : 0);
        added.setRelease(position + 1);
    }

    /// Hands over what was added until [#count] was `end`; what was handed over before stays so.
    void drainInto(Tally tally, long end) {
        for (long position = drained.getPlain(); position < end; position++) {
            int at = (int) (position & (CAPACITY - 1)) * FIELDS;
            int tags = (int) values[at + 6];
            sample.due = values[at];
            sample.released = values[at + 1];
            sample.taken = values[at + 2];
            sample.acquired = values[at + 3];
            sample.sent = values[at + 4];
            sample.end = values[at + 5];
            sample.kind = tags & 0xFF;
            sample.outcome = Outcome.of(tags >> 8 & 0xFF);
            sample.workerWasFree = (tags & FREE_WORKER) != 0;
            sample.bound = (tags & BOUND) != 0;
            tally.count(sample);
        }
        drained.setRelease(end);
    }

    /// One operation's moments in nanoseconds; zero for a moment that never came.
    static final class Sample {
        long due;
        long released;
        long taken;
        long acquired;
        long sent;
        long end;
        int kind;
        Outcome outcome = Outcome.DONE;
        boolean workerWasFree;
        boolean bound;
    }
}
