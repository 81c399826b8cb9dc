package io.floodmark.load.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// For every updated row, which update may be the last one.
///
/// Updates of one row overwrite each other in an order that only the server knows. What is known:
/// an update that ended before an acknowledged one was sent cannot be the last. So the row must
/// hold one of the updates that ended after the latest-sent acknowledged one was sent; anything
/// else means that this acknowledged update is lost.
///
/// *Threads.* Any; each row's history is guarded by itself.
final class UpdateLedger {

    private static final long NEVER_ENDED = Long.MAX_VALUE;

    private final Map<Long, History> rows = new ConcurrentHashMap<>();
    private final AtomicLong unknown = new AtomicLong();

    private record Update(long operation, long endedNanos) {}

    private static final class History {
        private final List<Update> candidates = new ArrayList<>();
        private long lastAcknowledgedSentNanos = Long.MIN_VALUE;
    }

    void acknowledge(long id, long operation, long sentNanos, long endedNanos) {
        History history = rows.computeIfAbsent(id, _ -> new History());
        synchronized (history) {
            history.lastAcknowledgedSentNanos =
                    Math.max(history.lastAcknowledgedSentNanos, sentNanos);
            history.candidates.add(new Update(operation, endedNanos));
            long sent = history.lastAcknowledgedSentNanos;
            history.candidates.removeIf(update -> update.endedNanos() < sent);
        }
    }

    void outcomeUnknown(long id, long operation) {
        unknown.incrementAndGet();
        History history = rows.computeIfAbsent(id, _ -> new History());
        synchronized (history) {
            history.candidates.add(new Update(operation, NEVER_ENDED));
        }
    }

    /// Rows that have an acknowledged update.
    long acknowledgedRows() {
        return rows.values().stream().filter(UpdateLedger::acknowledged).count();
    }

    private static boolean acknowledged(History history) {
        synchronized (history) {
            return history.lastAcknowledgedSentNanos != Long.MIN_VALUE;
        }
    }

    long unknown() {
        return unknown.get();
    }

    /// Whether `operation` may have written row `id` last; always for rows without acknowledged
    /// updates.
    boolean mayBeLast(long id, long operation) {
        History history = rows.get(id);
        if (history == null) {
            return true;
        }
        synchronized (history) {
            return history.lastAcknowledgedSentNanos == Long.MIN_VALUE
                    || history.candidates.stream().anyMatch(u -> u.operation() == operation);
        }
    }

    /// Whether row `id` has an acknowledged update.
    boolean expectsUpdate(long id) {
        History history = rows.get(id);
        return history != null && acknowledged(history);
    }
}
