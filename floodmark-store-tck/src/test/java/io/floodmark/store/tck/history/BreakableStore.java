package io.floodmark.store.tck.history;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A list with one lock that is right, or wrong in the one way of its [Fault], every now and then.
final class BreakableStore implements HistoryTarget {

    /// One in so many operations that could go wrong does.
    private static final int RARELY = 40;

    private static final int LAGGING_EVENTS = 5;

    private final Fault fault;
    private final List<RecordedEvent> log = new ArrayList<>();
    private final Map<UUID, Position> positions = new HashMap<>();
    private final Set<UUID> doomed = new HashSet<>();
    private final List<Pending> pending = new ArrayList<>();
    private int chances;
    private int fullReads;

    private record Pending(List<Event> events, AppendCondition condition) {}

    BreakableStore(Fault fault) {
        this.fault = fault;
    }

    private boolean strikes(Fault wanted) {
        return fault == wanted && ++chances % RARELY == 0;
    }

    @Override
    public synchronized AppendResult append(
            List<Event> events, AppendCondition condition, Duration timeout) {
        if (strikes(Fault.BREAKS_DOWN)) {
            throw new IllegalStateException("broken");
        }
        UUID id = events.getFirst().id();
        if (doomed.contains(id)) {
            throw new AppendOutcomeUnknown("still unknown");
        }
        Position stored = positions.get(id);
        if (stored != null && fault != Fault.FORGETS_IDS) {
            return new AppendResult.Appended(stored, stored.plus(events.size() - 1));
        }
        landPending();
        return blocking(condition)
                .<AppendResult>map(AppendResult.Conflict::new)
                .orElseGet(() -> accept(events, condition));
    }

    private Optional<RecordedEvent> blocking(AppendCondition condition) {
        return switch (condition) {
            case AppendCondition.Unconditional _ -> Optional.empty();
            case AppendCondition.FailIfMatch wanted -> blocking(wanted);
        };
    }

    private Optional<RecordedEvent> blocking(AppendCondition.FailIfMatch condition) {
        List<RecordedEvent> matches =
                log.stream()
                        .filter(it -> it.position().compareTo(condition.after()) > 0)
                        .filter(it -> condition.query().matches(it.event()))
                        .toList();
        if (matches.isEmpty()) {
            return !log.isEmpty() && strikes(Fault.REFUSES_WITHOUT_REASON)
                    ? Optional.of(log.getLast())
                    : Optional.empty();
        }
        if (strikes(Fault.IGNORES_CONDITION)) {
            return Optional.empty();
        }
        if (fault == Fault.CHECKS_ONLY_THE_LAST_EVENTS) {
            long window = end() - LAGGING_EVENTS;
            return matches.stream().filter(it -> it.position().value() > window).findFirst();
        }
        return Optional.of(
                fault == Fault.BLAMES_THE_LAST_MATCH ? matches.getLast() : matches.getFirst());
    }

    private AppendResult accept(List<Event> events, AppendCondition condition) {
        Position first = new Position(end() + 1);
        var told = new AppendResult.Appended(first, first.plus(events.size() - 1));
        if (strikes(Fault.LOSES_ACKNOWLEDGED)) {
            return told;
        }
        if (strikes(Fault.OUTCOMES_STAY_UNKNOWN)) {
            if (chances % (2 * RARELY) == 0) {
                store(events);
            }
            doomed.add(events.getFirst().id());
            throw new AppendOutcomeUnknown("connection lost");
        }
        if (strikes(Fault.UNKNOWN_APPENDS_LAND_TWICE)) {
            store(events);
            store(events);
            doomed.add(events.getFirst().id());
            throw new AppendOutcomeUnknown("connection lost");
        }
        if (strikes(Fault.UNKNOWN_APPENDS_LAND_LATER)
                || strikes(Fault.UNKNOWN_APPENDS_IGNORE_CONDITION)) {
            doomed.add(events.getFirst().id());
            pending.add(new Pending(events, condition));
            throw new AppendOutcomeUnknown("connection lost");
        }
        if (events.size() > 1 && strikes(Fault.STORES_A_PART)) {
            doomed.add(events.getFirst().id());
            store(events.subList(0, 1));
            throw new AppendOutcomeUnknown("connection lost");
        }
        return stored(events, told);
    }

    private AppendResult stored(List<Event> events, AppendResult.Appended told) {
        if (strikes(Fault.SKIPS_POSITIONS)) {
            record(end() + 2, events.getFirst());
            store(events.subList(1, events.size()));
            return new AppendResult.Appended(told.first().next(), told.last().next());
        }
        if (!log.isEmpty() && strikes(Fault.REORDERS)) {
            RecordedEvent last = log.removeLast();
            store(events);
            store(List.of(last.event()));
            return new AppendResult.Appended(
                    last.position(), last.position().plus(events.size() - 1));
        }
        store(fault == Fault.STORES_BACKWARDS ? events.reversed() : events);
        if (strikes(Fault.STORES_TWICE)) {
            store(events);
        }
        if (strikes(Fault.STORES_OLD_AGAIN)) {
            store(List.of(log.getFirst().event()));
        }
        if (strikes(Fault.INVENTS)) {
            store(List.of(Event.of("invented", Json.EMPTY_OBJECT)));
        }
        if (strikes(Fault.STORES_BUT_REFUSES)) {
            throw new StoreUnavailable("nothing was written, it says");
        }
        return strikes(Fault.TELLS_OTHER_POSITIONS)
                ? new AppendResult.Appended(told.first().next(), told.last().next())
                : told;
    }

    private void landPending() {
        if (!pending.isEmpty() && log.size() % 400 == 0) {
            landOne();
        }
    }

    /// Lets everything take effect that is still under way.
    synchronized void landAll() {
        while (!pending.isEmpty()) {
            landOne();
        }
    }

    private void landOne() {
        Pending late = pending.removeFirst();
        if (fault == Fault.UNKNOWN_APPENDS_IGNORE_CONDITION
                || blocking(late.condition()).isEmpty()) {
            store(late.events());
        }
    }

    private long end() {
        return log.isEmpty() ? 0 : log.getLast().position().value();
    }

    private void store(List<Event> events) {
        events.forEach(event -> record(end() + 1, event));
    }

    private void record(long position, Event event) {
        Event kept = strikes(Fault.CHANGES) ? changed(event) : event;
        positions.putIfAbsent(event.id(), new Position(position));
        log.add(new RecordedEvent(new Position(position), Instant.EPOCH, kept));
    }

    private static Event changed(Event event) {
        return new Event(
                event.id(),
                event.type(),
                event.tags(),
                Json.EMPTY_OBJECT,
                event.metadata(),
                event.occurredAt());
    }

    @Override
    public synchronized EventStream read(ReadRequest request, Duration timeout) {
        List<RecordedEvent> found = new ArrayList<>(log.stream().filter(request::covers).toList());
        long upTo = end();
        if (request.query().isAll()) {
            spoilLog(request, found);
        } else if (strikes(Fault.READS_THE_PAST) && upTo > LAGGING_EVENTS) {
            upTo -= LAGGING_EVENTS;
        } else if (!found.isEmpty() && strikes(Fault.OMITS_FROM_READS)) {
            found.removeFirst();
        }
        long end = upTo;
        found.removeIf(it -> it.position().value() > end);
        return new Listed(found.iterator(), new Position(end));
    }

    private void spoilLog(ReadRequest request, List<RecordedEvent> found) {
        boolean whole =
                request.bounds() instanceof ReadBounds.After after
                        && after.position().equals(Position.START);
        if (fault == Fault.FORGETS_AT_THE_END && whole && ++fullReads == 2) {
            found.removeFirst();
        }
        if (fault == Fault.DELIVERS_OUT_OF_ORDER && found.size() > 1) {
            Collections.swap(found, 0, 1);
        }
    }

    @Override
    public synchronized Position head() {
        return new Position(end());
    }

    private record Listed(Iterator<RecordedEvent> events, Position readUpTo)
            implements EventStream {
        @Override
        public boolean hasNext() {
            return events.hasNext();
        }

        @Override
        public RecordedEvent next() {
            return events.next();
        }

        @Override
        public void close() {}
    }
}
