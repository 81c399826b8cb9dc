package io.floodmark.store.tck.history;

import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.RecordedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What one round added to the log: its events in the order of their positions, by attempt, and by
/// the queries that match them.
///
/// Made by [#read], which accuses nobody so that it can be repeated, and completed by [#judge].
final class RoundLog {

    private static final Comparator<LogEntry> BY_POSITION =
            Comparator.comparingLong(LogEntry::position);

    private final RoundRecords records;
    private final Scene scene;
    private final List<LogEntry> entries = new ArrayList<>();
    private final @Nullable LogEntry[][] bySlot;
    private final Map<Integer, List<LogEntry>> byQuery = new HashMap<>();

    private RoundLog(RoundRecords records, Scene scene) {
        this.records = records;
        this.scene = scene;
        this.bySlot = new LogEntry[records.size()][];
    }

    /// Takes all events of the stream.
    static RoundLog read(EventStream stream, RoundRecords records, Scene scene) {
        var log = new RoundLog(records, scene);
        while (stream.hasNext()) {
            log.entries.add(log.entry(stream.next()));
        }
        return log;
    }

    private LogEntry entry(RecordedEvent recorded) {
        Event event = recorded.event();
        OptionalInt slot =
                scene.ids().isOfThisRun(event.id())
                        ? records.slot(EventIds.attempt(event.id()))
                        : OptionalInt.empty();
        long position = recorded.position().value();
        if (slot.isEmpty() || EventIds.place(event.id()) >= records.plan(slot.getAsInt()).count()) {
            return new LogEntry(position, event.id(), OptionalInt.empty(), true, new int[0]);
        }
        Plan plan = records.plan(slot.getAsInt());
        boolean intact = event.equals(scene.event(plan, event.id(), event.occurredAt()));
        IntStream.Builder matches = IntStream.builder();
        scene.forEachMatch(event, plan, matches::add);
        return new LogEntry(position, event.id(), slot, intact, matches.build().toArray());
    }

    /// Judges the log by itself, and sorts it for the other checks.
    ///
    /// @param head the last position of the log before this round
    void judge(long head, Findings findings) {
        long before = head;
        for (LogEntry entry : entries) {
            long expected = before + 1;
            if (entry.position() < expected) {
                findings.add(
                        entry.position() == before ? Anomaly.DUPLICATED_EVENT : Anomaly.DISORDER,
                        () -> "%d came where %d was due".formatted(entry.position(), expected));
            } else if (entry.position() > expected) {
                findings.add(
                        Anomaly.GAP,
                        () -> "%d came where %d was due".formatted(entry.position(), expected));
            }
            before = Math.max(before, entry.position());
        }
        entries.sort(BY_POSITION);
        entries.forEach(entry -> place(entry, findings));
    }

    private void place(LogEntry entry, Findings findings) {
        if (entry.slot().isEmpty()) {
            stray(entry, findings);
            return;
        }
        int slot = entry.slot().getAsInt();
        if (!entry.intact()) {
            findings.add(
                    Anomaly.CHANGED_EVENT,
                    () ->
                            "event %s of attempt %d at %d"
                                    .formatted(entry.id(), records.number(slot), entry.position()));
        }
        @Nullable LogEntry[] places = bySlot[slot];
        if (places == null) {
            places = new LogEntry[records.plan(slot).count()];
            bySlot[slot] = places;
        }
        LogEntry other = places[entry.place()];
        if (other == null) {
            places[entry.place()] = entry;
        } else {
            findings.add(
                    Anomaly.DUPLICATED_EVENT,
                    () ->
                            "event %s of attempt %d at %d and at %d"
                                    .formatted(
                                            entry.id(),
                                            records.number(slot),
                                            other.position(),
                                            entry.position()));
        }
        for (int query : entry.matches()) {
            byQuery.computeIfAbsent(query, _ -> new ArrayList<>()).add(entry);
        }
    }

    private void stray(LogEntry entry, Findings findings) {
        boolean past =
                scene.ids().isOfThisRun(entry.id()) && records.isPast(EventIds.attempt(entry.id()));
        findings.add(
                past ? Anomaly.DUPLICATED_EVENT : Anomaly.FOREIGN_EVENT,
                () ->
                        past
                                ? "event %s at %d, of attempt %d that was settled before"
                                        .formatted(
                                                entry.id(),
                                                entry.position(),
                                                EventIds.attempt(entry.id()))
                                : "event %s at %d".formatted(entry.id(), entry.position()));
    }

    /// All events, in the order of their positions.
    List<LogEntry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /// The events found of an attempt, in the order in which they were given.
    List<LogEntry> stored(int slot) {
        List<LogEntry> found = new ArrayList<>();
        @Nullable LogEntry[] places = bySlot[slot];
        if (places != null) {
            for (LogEntry entry : places) {
                if (entry != null) {
                    found.add(entry);
                }
            }
        }
        return found;
    }

    /// The events that match a query, in the order of their positions.
    List<LogEntry> matches(int query) {
        return byQuery.getOrDefault(query, List.of());
    }

    /// The queries that match at least one event.
    Iterable<Integer> matchedQueries() {
        return byQuery.keySet();
    }

    /// The first event above `after` that matches.
    Optional<LogEntry> firstMatch(int query, long after) {
        List<LogEntry> matches = matches(query);
        int from = indexAbove(matches, after);
        return from < matches.size() ? Optional.of(matches.get(from)) : Optional.empty();
    }

    /// The index of the first entry with a position above `position`.
    static int indexAbove(List<LogEntry> sorted, long position) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).position() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
