package io.floodmark.store.memory;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.Event;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreOverloaded;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The events in one list; the event at index `i` has position `i + 1`. Used under [OneLock].
final class MemoryLog {

    private static final int MAX_EVENTS = 10_000_000;

    private final Clock clock;
    private final List<RecordedEvent> events = new ArrayList<>();
    private final Map<UUID, Position> positions = new HashMap<>();

    MemoryLog(Clock clock) {
        this.clock = clock;
    }

    Position head() {
        return Position.of(events.size());
    }

    /// A view of all events after the position, which may lie beyond the head.
    List<RecordedEvent> after(Position position) {
        int from = (int) Math.min(position.value(), events.size());
        return events.subList(from, events.size());
    }

    List<RecordedEvent> read(ReadRequest request) {
        Position start =
                switch (request.bounds()) {
                    case ReadBounds.After(var position) -> position;
                    case ReadBounds.Everything _, ReadBounds.Occurred _ -> Position.START;
                };
        return after(start).stream().filter(request::covers).toList();
    }

    AppendResult append(List<Event> appended, AppendCondition condition) {
        if (appended.isEmpty()) {
            return new AppendResult.NothingToAppend();
        }
        Optional<AppendResult> repeated = repeated(appended);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        return switch (condition) {
            case AppendCondition.Unconditional() -> store(appended);
            case AppendCondition.FailIfMatch(Query query, Position after) ->
                    firstMatch(query, after)
                            .<AppendResult>map(AppendResult.Conflict::new)
                            .orElseGet(() -> store(appended));
        };
    }

    /// The result of the first time, if these events were appended before.
    private Optional<AppendResult> repeated(List<Event> appended) {
        Optional<Event> known =
                appended.stream().filter(event -> positions.containsKey(event.id())).findFirst();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        UUID id = known.get().id();
        Position first = positions.getOrDefault(id, Position.START);
        for (int i = 0; i < appended.size(); i++) {
            if (!first.plus(i).equals(positions.get(appended.get(i).id()))) {
                throw DuplicateEventId.stored(id, first);
            }
        }
        return Optional.of(new AppendResult.Appended(first, first.plus(appended.size() - 1)));
    }

    private Optional<RecordedEvent> firstMatch(Query query, Position after) {
        return after(after).stream().filter(event -> query.matches(event.event())).findFirst();
    }

    private AppendResult store(List<Event> appended) {
        if (events.size() + appended.size() > MAX_EVENTS) {
            throw new StoreOverloaded(
                    "The store in memory is full: it holds %d events, the limit is %d"
                            .formatted(events.size(), MAX_EVENTS));
        }
        Position first = head().next();
        Instant now = clock.instant();
        for (Event event : appended) {
            Position position = head().next();
            events.add(new RecordedEvent(position, now, event));
            positions.put(event.id(), position);
        }
        return new AppendResult.Appended(first, head());
    }
}
