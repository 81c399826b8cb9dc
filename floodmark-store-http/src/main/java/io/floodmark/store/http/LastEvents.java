package io.floodmark.store.http;

import io.floodmark.store.Consistency;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// The newest matching events, found by looking back over windows that double until they hold
/// enough: a store reads forwards only, and the newest match is mostly near its end.
final class LastEvents {
    private static final long FIRST_WINDOW = 256;

    private final EventStore store;
    private final DcbLimits limits;

    LastEvents(EventStore store, DcbLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /// The result, newest first.
    List<RecordedEvent> find(DcbRead read) {
        long wanted = read.limit().orElse(limits.resultEventsMax());
        if (wanted == 0) {
            return List.of();
        }
        long newest = store.head(Consistency.strong()).value();
        long last = Math.min(newest, read.from().orElse(newest));
        for (long window = FIRST_WINDOW; ; window *= 2) {
            long after = Math.max(0, last - window);
            Deque<RecordedEvent> found = newestAfter(after, read, wanted);
            if (after == 0 || found.size() == wanted) {
                return newestFirst(found);
            }
        }
    }

    private Deque<RecordedEvent> newestAfter(long after, DcbRead read, long wanted) {
        Deque<RecordedEvent> kept = new ArrayDeque<>();
        long bytes = 0;
        ReadRequest request = read.query().after(Position.of(after));
        try (EventStream events = store.read(request, limits.timeout())) {
            while (events.hasNext()) {
                RecordedEvent event = events.next();
                if (event.position().value() > read.from().orElse(Long.MAX_VALUE)) {
                    break;
                }
                kept.addLast(event);
                bytes += DcbEvents.bytes(event);
                if (kept.size() > wanted) {
                    bytes -= DcbEvents.bytes(kept.removeFirst());
                }
                if (bytes > limits.keptBytesMax()) {
                    throw Refused.tooLarge(
                            "a backward read of more than %d bytes of events; lower options.limit"
                                    .formatted(limits.keptBytesMax()));
                }
            }
        }
        return kept;
    }

    private static List<RecordedEvent> newestFirst(Deque<RecordedEvent> events) {
        Iterator<RecordedEvent> backwards = events.descendingIterator();
        return java.util.stream.Stream.generate(backwards::next).limit(events.size()).toList();
    }
}
