package io.floodmark.load.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// For every updated row, which update may be the last one.
///
/// Updates of one row overwrite each other in an order that only the server knows. What is known:
/// an update that ended before an acknowledged one was sent cannot be the last. So the row must
/// hold one of the *candidates*: the updates that had not ended when the latest-sent acknowledged
/// one was sent. Anything else means that this acknowledged update is lost. An update is a
/// candidate before it is sent, and stays one until it is known to have ended: an abandoned one may
/// land after everybody has stopped waiting for it.
///
/// Of a row there are as many candidates as updates in flight at most, and those whose outcome
/// nobody learnt.
///
/// *Threads.* Any; guarded by itself, for as long as it takes to write an entry.
final class UpdateLedger {

    private final Map<Long, History> rows = new HashMap<>();
    private long acknowledgedRows;
    private long unknown;
    private boolean frozen;

    /// @param endedNanos when it was acknowledged, or [#NOT_ENDED]
    private record Update(long operation, long sentNanos, long endedNanos) {

        static final long NOT_ENDED = Long.MAX_VALUE;

        Update ended(long nanos) {
            return new Update(operation, sentNanos, nanos);
        }
    }

    private static final class History {
        private final List<Update> candidates = new ArrayList<>();
        private boolean acknowledged;
        private long lastAcknowledgedSentNanos = Long.MIN_VALUE;

        int find(long operation) {
            for (int i = 0; i < candidates.size(); i++) {
                if (candidates.get(i).operation() == operation) {
                    return i;
                }
            }
            throw new IllegalArgumentException("operation %d was not sent".formatted(operation));
        }

        void acknowledge(Update update) {
            acknowledged = true;
            lastAcknowledgedSentNanos = Math.max(lastAcknowledgedSentNanos, update.sentNanos());
            long sent = lastAcknowledgedSentNanos;
            candidates.removeIf(candidate -> candidate.endedNanos() < sent);
        }
    }

    /// To be called before the update is sent.
    synchronized void sent(long id, long operation, long sentNanos) {
        history(id).candidates.add(new Update(operation, sentNanos, Update.NOT_ENDED));
        unknown++;
    }

    synchronized void acknowledged(long id, long operation, long endedNanos) {
        if (frozen) {
            return;
        }
        History history = history(id);
        int at = history.find(operation);
        Update update = history.candidates.get(at).ended(endedNanos);
        history.candidates.set(at, update);
        acknowledgedRows += history.acknowledged ? 0 : 1;
        history.acknowledge(update);
        unknown--;
    }

    /// The server refused it: it is not there.
    synchronized void refused(long id, long operation) {
        History history = history(id);
        history.candidates.remove(history.find(operation));
        unknown--;
    }

    /// From now on an acknowledgement comes too late to count: its update stays unknown. So what is
    /// looked for is fixed before the looking begins.
    synchronized void freeze() {
        frozen = true;
    }

    private History history(long id) {
        return rows.computeIfAbsent(id, _ -> new History());
    }

    /// Rows that have an acknowledged update.
    synchronized long acknowledgedRows() {
        return acknowledgedRows;
    }

    /// Updates that were sent and neither acknowledged nor refused.
    synchronized long unknown() {
        return unknown;
    }

    /// Whether `operation` may have written row `id` last; always for rows without acknowledged
    /// updates.
    synchronized boolean mayBeLast(long id, long operation) {
        History history = history(id);
        return !history.acknowledged
                || history.candidates.stream().anyMatch(u -> u.operation() == operation);
    }

    /// Whether row `id` has an acknowledged update.
    synchronized boolean expectsUpdate(long id) {
        return history(id).acknowledged;
    }
}
