package io.floodmark.store.postgres.inspect;

import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/// The newest events of a scan, bounded in number and bytes. For one thread.
final class RecentEvents {
    private static final int EVENTS_MAX = 1_024;
    private static final long BYTES_MAX = 32L << 20;

    private final Deque<RecordedEvent> events = new ArrayDeque<>();
    private long bytes;

    void add(RecordedEvent event) {
        events.addLast(event);
        bytes += bytes(event);
        while (events.size() > EVENTS_MAX || bytes > BYTES_MAX) {
            bytes -= bytes(events.removeFirst());
        }
    }

    private static long bytes(RecordedEvent event) {
        return (long) event.event().payload().size() + event.event().metadata().size();
    }

    /// Whether all events after `position` are here.
    boolean reachBackTo(long position) {
        return !events.isEmpty() && events.getFirst().position().value() <= position + 1;
    }

    /// The first event after `after` and before `before` that `query` matches.
    Optional<RecordedEvent> firstMatch(Query query, long after, long before) {
        Optional<RecordedEvent> first = Optional.empty();
        Iterator<RecordedEvent> backwards = events.descendingIterator();
        while (backwards.hasNext()) {
            RecordedEvent event = backwards.next();
            if (event.position().value() <= after) {
                return first;
            }
            if (event.position().value() < before && query.matches(event.event())) {
                first = Optional.of(event);
            }
        }
        return first;
    }
}
