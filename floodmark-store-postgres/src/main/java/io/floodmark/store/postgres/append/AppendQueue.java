package io.floodmark.store.postgres.append;

import io.floodmark.store.StoreOverloaded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The requests that wait for the writer, in order of arrival, bounded in number and bytes.
///
/// A full queue refuses at once: waiting before the waiting room would hide the overload.
///
/// *Threads:* callers offer and withdraw, the writer takes, anyone closes; one lock guards all
/// fields and is never held while waiting for the server.
final class AppendQueue {
    private static final long TAKE_WAIT_SECONDS = 1;

    private final EngineLimits.Queue limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<PendingAppend> waiting = new ArrayDeque<>();
    private long bytes;
    private @Nullable Supplier<? extends RuntimeException> closed;

    AppendQueue(EngineLimits.Queue limits) {
        this.limits = limits;
    }

    /// Adds a request, or throws why not.
    void offer(PendingAppend request) {
        lock.lock();
        try {
            if (closed != null) {
                throw closed.get();
            }
            if (waiting.size() >= limits.requestsMax()
                    || (bytes + request.append().bytes() > limits.bytesMax()
                            && !waiting.isEmpty())) {
                throw overloaded();
            }
            waiting.add(request);
            bytes += request.append().bytes();
            if (waiting.size() == 1) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private StoreOverloaded overloaded() {
        return new StoreOverloaded(
                ("the append queue is full: %d requests (at most %d) with %d bytes (at most %d) wait;"
                                + " nothing was written, retry later")
                        .formatted(waiting.size(), limits.requestsMax(), bytes, limits.bytesMax()));
    }

    /// Takes a request out again, if the writer has not taken it yet.
    boolean withdraw(PendingAppend request) {
        lock.lock();
        try {
            boolean removed = waiting.remove(request);
            if (removed) {
                bytes -= request.append().bytes();
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for requests and takes as many as one batch may carry; none when closed and empty.
    List<PendingAppend> take(EngineLimits.Batch batch) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && closed == null) {
                var _ = changed.await(TAKE_WAIT_SECONDS, TimeUnit.SECONDS);
            }
            return drain(batch);
        } finally {
            lock.unlock();
        }
    }

    private List<PendingAppend> drain(EngineLimits.Batch batch) {
        var taken = new ArrayList<PendingAppend>(Math.min(waiting.size(), batch.requestsMax()));
        long events = 0;
        long takenBytes = 0;
        for (PendingAppend head = waiting.peek();
                head != null && taken.size() < batch.requestsMax();
                head = waiting.peek()) {
            events += head.append().events().size();
            takenBytes += head.append().bytes();
            if (!taken.isEmpty() && (events > batch.eventsMax() || takenBytes > batch.bytesMax())) {
                break;
            }
            taken.add(waiting.remove());
            bytes -= head.append().bytes();
        }
        return taken;
    }

    /// Refuses requests from now on with `reason`; those that wait are still taken.
    void close(Supplier<? extends RuntimeException> reason) {
        lock.lock();
        try {
            if (closed == null) {
                closed = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Closes, and fails those that wait with `reason`.
    void fail(Supplier<? extends RuntimeException> reason) {
        var failed = new ArrayList<PendingAppend>();
        lock.lock();
        try {
            close(reason);
            failed.addAll(waiting);
            waiting.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
        failed.forEach(request -> request.complete(new Outcome.Failed(reason)));
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
