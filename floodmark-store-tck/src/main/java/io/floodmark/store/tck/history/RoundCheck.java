package io.floodmark.store.tck.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Compares what the writers of a round were told with what the log holds.
final class RoundCheck {

    private final Scene scene;
    private final RoundRecords records;
    private final RoundLog log;
    private final MatchHistory history;
    private final Findings findings;
    private final long origin;

    RoundCheck(HistoryChecker.Course course, RoundRecords records, RoundLog log) {
        this.scene = course.scene();
        this.records = records;
        this.log = log;
        this.history = course.history();
        this.findings = course.findings();
        this.origin = course.origin();
    }

    /// Checks everything, and returns the slots of attempts whose outcome is still open.
    int[] run() {
        IntStream.Builder unsettled = IntStream.builder();
        records.slots()
                .forEach(slot -> {
                    List<LogEntry> stored = log.stored(slot);
                    if (records.outcome(slot) == Outcome.UNKNOWN && stored.isEmpty()) {
                        unsettled.add(slot);
                    } else {
                        settle(slot, stored);
                    }
                });
        new OrderCheck(records, log, findings, slot -> describe(slot)).run();
        new ReadCheck(records, log, history, findings, slot -> describe(slot)).run();
        return unsettled.build().toArray();
    }

    private void settle(int slot, List<LogEntry> stored) {
        switch (records.outcome(slot)) {
            case ACCEPTED -> {
                checkAcknowledged(slot, stored);
                checkWon(slot, stored);
            }
            case UNKNOWN -> {
                if (stored.size() < records.plan(slot).count()) {
                    add(Anomaly.TORN_APPEND, slot, () -> found(slot, stored));
                }
                checkNeighbours(slot, stored);
                checkWon(slot, stored);
            }
            case CONFLICT -> {
                checkNotWritten(slot, stored);
                if (records.query[slot] != Scene.UNCONDITIONAL) {
                    checkConflict(slot);
                }
            }
            case REFUSED -> checkNotWritten(slot, stored);
        }
    }

    private void checkAcknowledged(int slot, List<LogEntry> stored) {
        if (stored.size() < records.plan(slot).count()) {
            add(Anomaly.LOST_EVENT, slot, () -> found(slot, stored) + ", " + told(slot));
            return;
        }
        if (stored.getFirst().position() != records.first[slot]
                || stored.getLast().position() != records.last[slot]) {
            add(Anomaly.WRONG_POSITION, slot, () -> found(slot, stored) + ", " + told(slot));
        }
        checkNeighbours(slot, stored);
    }

    private void checkNeighbours(int slot, List<LogEntry> stored) {
        for (int i = 1; i < stored.size(); i++) {
            if (stored.get(i).position() != stored.get(i - 1).position() + 1) {
                add(Anomaly.SPLIT_APPEND, slot, () -> found(slot, stored));
                return;
            }
        }
    }

    private void checkNotWritten(int slot, List<LogEntry> stored) {
        if (!stored.isEmpty()) {
            add(Anomaly.PHANTOM_APPEND, slot, () -> found(slot, stored));
        }
    }

    private void checkWon(int slot, List<LogEntry> stored) {
        int query = records.query[slot];
        if (query == Scene.UNCONDITIONAL || stored.isEmpty()) {
            return;
        }
        long after = records.after[slot];
        long own = stored.stream().mapToLong(LogEntry::position).min().orElseThrow();
        if (history.hasMatchAfter(query, after)) {
            add(
                    Anomaly.DOUBLE_WINNER,
                    slot,
                    () -> "won at %d although %d matches".formatted(own, history.last(query)));
            return;
        }
        log.firstMatch(query, after)
                .filter(match -> match.position() < own && !match.isOf(slot))
                .ifPresent(match ->
                        add(
                                Anomaly.DOUBLE_WINNER,
                                slot,
                                () ->
                                        "won at %d although %s matches"
                                                .formatted(own, describe(match))));
    }

    private void checkConflict(int slot) {
        int query = records.query[slot];
        long after = records.after[slot];
        long blocking = records.first[slot];
        if (history.hasMatchAfter(query, after)) {
            if (!history.canBeFirstAfter(query, after, blocking)) {
                add(Anomaly.WRONG_BLOCKER, slot, () -> "blocked by %d".formatted(blocking));
            }
            return;
        }
        Optional<LogEntry> match =
                log.firstMatch(query, after).filter(entry -> wasInvokedBefore(entry, slot));
        if (match.isEmpty()) {
            add(Anomaly.FALSE_CONFLICT, slot, () -> "blocked by %d".formatted(blocking));
        } else if (match.get().position() != blocking) {
            add(
                    Anomaly.WRONG_BLOCKER,
                    slot,
                    () ->
                            "blocked by %d, though %s is the first"
                                    .formatted(blocking, describe(match.get())));
        }
    }

    private boolean wasInvokedBefore(LogEntry match, int slot) {
        return match.slot().isEmpty()
                || records.invoked[match.slot().getAsInt()] < records.returned[slot];
    }

    private void add(Anomaly anomaly, int slot, Supplier<String> evidence) {
        findings.add(anomaly, () -> describe(slot) + ": " + evidence.get());
    }

    private String describe(int slot) {
        return records.describe(slot, scene, origin);
    }

    private String describe(LogEntry entry) {
        return entry.slot().isPresent()
                ? "%d of %s".formatted(entry.position(), describe(entry.slot().getAsInt()))
                : Long.toString(entry.position());
    }

    private String told(int slot) {
        return "told %d to %d".formatted(records.first[slot], records.last[slot]);
    }

    private String found(int slot, List<LogEntry> stored) {
        List<Long> positions = new ArrayList<>();
        stored.forEach(entry -> positions.add(entry.position()));
        return "%d of %d events in the log, at %s"
                .formatted(stored.size(), records.plan(slot).count(), positions);
    }
}
