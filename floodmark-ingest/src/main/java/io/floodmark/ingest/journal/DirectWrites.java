package io.floodmark.ingest.journal;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

    /// It has its outcome; again without effect.
    synchronized void end(Write write) {
        open.remove(write);
        if (open.isEmpty()) {
            notifyAll();
        }
    }

    /// Waits until there is none; false when that took longer, or the thread was interrupted, which
    /// stays set.
    synchronized boolean awaitNone(Duration most) {
        long end = nanos.getAsLong() + most.toNanos();
        try {
            while (!open.isEmpty()) {
                long left = end - nanos.getAsLong();
                if (left <= 0) {
                    return false;
                }
                // Rounded up: 0 would be for ever.
                wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Whether the oldest of them has had no answer for too long.
    synchronized boolean stalled() {
        return !open.isEmpty() && nanos.getAsLong() - open.iterator().next().since > stallNanos;
    }
}
