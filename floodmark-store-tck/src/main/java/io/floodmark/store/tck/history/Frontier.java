package io.floodmark.store.tck.history;

import java.util.concurrent.atomic.AtomicLongArray;

/// The highest matching position of each query that any writer has heard of.
///
/// Writers that share it race with the same `after`, which is what makes them contend; without it
/// all but one would work through conflicts long past.
///
/// *Threads.* Any thread.
final class Frontier {

    private final AtomicLongArray positions;

    Frontier(int queries) {
        this.positions = new AtomicLongArray(queries);
    }

    long after(int query) {
        return positions.get(query);
    }

    void raise(int query, long position) {
        if (positions.get(query) < position) {
            positions.accumulateAndGet(query, position, Math::max);
        }
    }
}
