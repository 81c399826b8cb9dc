package io.floodmark.ingest.flow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// What waits for the sink, in the order of its coming. Its bytes are bounded by the admission
/// before it.
///
/// *Threads:* requests offer, writers take; all fields are guarded by `lock`. A writer that takes
/// is a free slot. No event waits longer than the rule's age while a writer takes.
final class BatchQueue {
    private final BatchRule rule;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int rows;
    private long bytes;
    private boolean draining;

    BatchQueue(BatchRule rule, LongSupplier nanos) {
        this.rule = rule;
        this.nanos = nanos;
    }

    private static final class Waiting {
        private final Submission submission;
        private final long since;
        private int next;

        Waiting(Submission submission, long since) {
            this.submission = submission;
            this.since = since;
        }

        int left() {
            return submission.size() - next;
        }
    }

    /// Takes a submission in; false when nothing more is taken.
    boolean offer(Submission submission) {
        long added = 0;
        for (int i = 0; i < submission.size(); i++) {
            added += submission.event(i).bytes();
        }
        lock.lock();
        try {
            if (draining) {
                return false;
            }
            waiting.add(new Waiting(submission, nanos.getAsLong()));
            rows += submission.size();
            bytes += added;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The next batch, as soon as the rule closes one; empty when none was within `most`.
    Optional<Batch> take(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (true) {
                BatchRule.Decision decision = rule.decide(rows, bytes, ageNanos(), draining);
                switch (decision) {
                    case BatchRule.Decision.Flush(FlushReason reason) -> {
                        return Optional.of(close(reason));
                    }
                    case BatchRule.Decision.Wait(long wait) -> {
                        if (left <= 0) {
                            return Optional.empty();
                        }
                        long asked = Math.min(wait, left);
                        left -= asked - changed.awaitNanos(asked);
                    }
                    case BatchRule.Decision.Idle() -> {
                        if (left <= 0 || draining) {
                            return Optional.empty();
                        }
                        left = changed.awaitNanos(left);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Batch close(FlushReason reason) {
        Batch batch = new Batch(reason, ageNanos());
        int room = rule.rowsMax();
        while (room > 0 && batch.bytes() < rule.bytesMax() && !waiting.isEmpty()) {
            Waiting first = waiting.element();
            int count = fitting(first, room, rule.bytesMax() - batch.bytes());
            batch.add(first.submission, first.next, count);
            first.next += count;
            room -= count;
            if (first.left() == 0) {
                waiting.remove();
            }
        }
        rows -= batch.deliveries().size();
        bytes -= batch.bytes();
        if (rows > 0) {
            changed.signal();
        }
        return batch;
    }

    /// At least one, so that an event of any size gets on.
    private static int fitting(Waiting from, int rowsMax, long bytesMax) {
        long bytes = 0;
        int count = 0;
        while (count < Math.min(from.left(), rowsMax) && bytes < bytesMax) {
            bytes += from.submission.event(from.next + count).bytes();
            count++;
        }
        return count;
    }

    private long ageNanos() {
        return waiting.isEmpty() ? 0 : nanos.getAsLong() - waiting.element().since;
    }

    /// Takes nothing more in; what waits is given out at once.
    void drain() {
        lock.lock();
        try {
            draining = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether it is empty and stays so.
    boolean drained() {
        lock.lock();
        try {
            return draining && rows == 0;
        } finally {
            lock.unlock();
        }
    }

    /// Bytes that wait.
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /// For how long the first one has waited, in nanoseconds.
    long oldestNanos() {
        lock.lock();
        try {
            return ageNanos();
        } finally {
            lock.unlock();
        }
    }
}
