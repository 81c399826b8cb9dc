package io.floodmark.ingest.flow;

import java.util.concurrent.atomic.AtomicLong;

/// Admission: the bytes of all bodies and events that are in memory at a time, bounded.
///
/// Nobody waits for room: a request that finds none is told to come back, so that memory and the
/// number of waiting requests stay bounded together. *Threads:* for all.
public final class InFlightBytes {
    private final long max;
    private final AtomicLong used = new AtomicLong();

    /// An admission with room for so much.
    ///
    /// @param max most bytes at a time
    public InFlightBytes(long max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1, was " + max);
        }
        this.max = max;
    }

    /// Bytes taken now, at no moment more than the limit.
    public long used() {
        return used.get();
    }

    /// Room for one request, none yet.
    public Room room() {
        return new Room();
    }

    /// What one request has taken; given back once, whoever comes last.
    public final class Room {
        private final AtomicLong taken = new AtomicLong();

        /// Takes more.
        ///
        /// @throws Overloaded when there is no more
        public void take(int bytes) {
            long before;
            do {
                before = used.get();
                if (bytes > max - before) {
                    throw new Overloaded(
                            "this server holds %d bytes of requests, the limit is %d"
                                    .formatted(before, max));
                }
            } while (!used.compareAndSet(before, before + bytes));
            taken.addAndGet(bytes);
        }

        /// Gives everything back; again without effect.
        public void release() {
            used.addAndGet(-taken.getAndSet(0));
        }
    }
}
