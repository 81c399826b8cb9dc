package io.floodmark.ingest.journal;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/// Batches that are with the sink itself, to see when it has gone silent. *Threads:* for all.
final class DirectWrites {
    private final LongSupplier nanos;
    private final long stallNanos;
    private final Set<Write> open = new LinkedHashSet<>();

    DirectWrites(LongSupplier nanos, Duration stall) {
        this.nanos = nanos;
        this.stallNanos = stall.toNanos();
    }

    /// One of them; each is itself and no other.
    static final class Write {
        private final long since;

        private Write(long since) {
            this.since = since;
        }
    }

    synchronized Write begin() {
        Write write = new Write(nanos.getAsLong());
        open.add(write);
        return write;
    }

    synchronized void end(Write write) {
        open.remove(write);
    }

    /// Whether the oldest of them has had no answer for too long.
    synchronized boolean stalled() {
        return !open.isEmpty() && nanos.getAsLong() - open.iterator().next().since > stallNanos;
    }
}
