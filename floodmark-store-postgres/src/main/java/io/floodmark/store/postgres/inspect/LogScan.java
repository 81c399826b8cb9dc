package io.floodmark.store.postgres.inspect;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.postgres.row.EventRows;
import io.floodmark.store.postgres.row.TagHash;
import io.floodmark.store.postgres.schema.PromotedKeys;
import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Goes once through the events of a log, segment by segment. For one thread.
final class LogScan {
    /// Positions read in one transaction, so that none is open for long.
    private static final long CHUNK = 20_000;

    private static final int FETCH_ROWS = 200;

    /// More than the difference of clocks that repeated appends are protected against.
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private final Connection connection;
    private final String eventsSql;
    private final PromotedKeys promoted;
    private final Findings findings;
    private final ConditionCheck conditions;
    private final IndexCheck index;
    private final IndexPrint print = new IndexPrint();
    private final RecentEvents recent = new RecentEvents();
    private long last;
    private long events;
    private long recordedBack;
    private Instant recordedLatest = Instant.MIN;

    LogScan(Connection connection, StoreNames names, StoreLayout layout, Findings findings) {
        this.connection = connection;
        this.promoted = layout.promoted();
        this.findings = findings;
        this.eventsSql =
                "SELECT %s FROM %s e WHERE e.position > ? AND e.position <= ? ORDER BY e.position"
                        .formatted(EventRows.COLUMNS, names.events());
        this.conditions = new ConditionCheck(connection, names, promoted, findings);
        this.index = new IndexCheck(connection, names, findings);
    }

    long events() {
        return events;
    }

    long conditions() {
        return conditions.count();
    }

    long recordedBack() {
        return recordedBack;
    }

    /// Checks positions after `from` up to `to`, which lie in one segment, and returns how far it
    /// came.
    long segment(long from, long to, LogVerifier.Observer observer, long head) throws SQLException {
        print.clear();
        long checked = from;
        while (checked < to && !observer.stopped()) {
            long end = Math.min(to, checked + CHUNK);
            chunk(checked, end);
            checked = end;
            observer.checked(checked, head);
        }
        if (checked == to) {
            index.compare(print, from, to, this::hashesOf);
        }
        return checked;
    }

    private void chunk(long from, long to) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(eventsSql)) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setLong(1, from);
            statement.setLong(2, to);
            conditions.load(from, to);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    event(row);
                }
            }
            conditions.decideUpTo(to + 1, recent);
            gapBefore(to + 1);
            last = to;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void event(ResultSet row) throws SQLException {
        long position = row.getLong(1);
        gapBefore(position);
        last = position;
        events++;
        conditions.decideUpTo(position, recent);
        try {
            RecordedEvent event = EventRows.read(row, 1);
            requireJson(event.event().payload());
            requireJson(event.event().metadata());
            recorded(event);
            print.add(position, hashes(event));
            recent.add(event);
        } catch (IllegalArgumentException | NullPointerException e) {
            findings.add(
                    Finding.Kind.DAMAGED,
                    position,
                    "the event at position %d cannot be read: %s".formatted(position, e));
        }
    }

    private static void requireJson(Json json) {
        Json.ofUtf8(json.sharedUtf8());
    }

    private void gapBefore(long position) {
        if (position > last + 1) {
            findings.add(
                    Finding.Kind.GAP,
                    last + 1,
                    "positions %d to %d are missing".formatted(last + 1, position - 1));
        }
    }

    private void recorded(RecordedEvent event) {
        Instant at = event.recordedAt();
        if (!recordedLatest.equals(Instant.MIN)
                && at.isBefore(recordedLatest.minus(CLOCK_DIFFERENCE))) {
            findings.add(
                    Finding.Kind.RECORDED_EARLIER,
                    event.position().value(),
                    "the event at position %s was recorded at %s, after one recorded at %s: more than %d min back"
                            .formatted(
                                    event.position(),
                                    at,
                                    recordedLatest,
                                    CLOCK_DIFFERENCE.toMinutes()));
        } else if (at.isBefore(recordedLatest)) {
            recordedBack++;
        }
        recordedLatest = at.isAfter(recordedLatest) ? at : recordedLatest;
    }

    /// The index rows that an event must have: promoted keys count from their promotion on.
    private long[] hashes(RecordedEvent recorded) {
        Event event = recorded.event();
        List<String> keys =
                promoted.since().entrySet().stream()
                        .filter(key -> recorded.position().isAfter(key.getValue()))
                        .map(java.util.Map.Entry::getKey)
                        .toList();
        return TagHash.of(event, keys);
    }

    /// The index rows that the event at a position must have; none when there is no such event.
    private long[] hashesOf(long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(eventsSql)) {
            statement.setLong(1, position - 1);
            statement.setLong(2, position);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? hashes(EventRows.read(row, 1)) : new long[0];
            } catch (IllegalArgumentException _) {
                return new long[0];
            }
        }
    }
}
