package io.floodmark.store.postgres.inspect;

import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.postgres.read.FirstMatch;
import io.floodmark.store.postgres.schema.PromotedKeys;
import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Decides every recorded append again: whether, just before its first event, the log held what its
/// condition excludes. For one thread.
final class ConditionCheck {
    private static final int QUERY_CHARS_SHOWN = 200;

    private final Connection connection;
    private final String conditionsSql;
    private final PromotedKeys promoted;
    private final FirstMatch past;
    private final Findings findings;
    private final Deque<Recorded> due = new ArrayDeque<>();
    private long count;

    ConditionCheck(
            Connection connection, StoreNames names, PromotedKeys promoted, Findings findings) {
        this.connection = connection;
        this.promoted = promoted;
        this.findings = findings;
        this.past = new FirstMatch(names);
        this.conditionsSql =
                "SELECT first, last, after, query FROM %s WHERE first > ? AND first <= ? ORDER BY first"
                        .formatted(names.appendCondition());
    }

    private record Recorded(long first, long last, long after, String query) {}

    long count() {
        return count;
    }

    /// Loads the conditions of appends that begin after `from`, up to `to`.
    void load(long from, long to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(conditionsSql)) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    due.addLast(
                            new Recorded(
                                    row.getLong(1),
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getString(4)));
                }
            }
        }
    }

    /// Decides what begins at `position` or before; `recent` ends just before it.
    void decideUpTo(long position, RecentEvents recent) throws SQLException {
        while (!due.isEmpty() && due.getFirst().first() <= position) {
            decide(due.removeFirst(), recent);
        }
    }

    private void decide(Recorded append, RecentEvents recent) throws SQLException {
        count++;
        try {
            Query query = QueryParser.parse(append.query());
            if (append.last() < append.first()) {
                throw new IllegalArgumentException("it ends before it begins");
            }
            Optional<RecordedEvent> between = firstMatch(append, query, recent);
            between.ifPresent(event -> doubleWinner(append, event));
        } catch (IllegalArgumentException e) {
            findings.add(
                    Finding.Kind.CONDITION,
                    append.first(),
                    "the recorded condition of positions %d to %d cannot be checked: %s"
                            .formatted(append.first(), append.last(), e.getMessage()));
        }
    }

    private Optional<RecordedEvent> firstMatch(Recorded append, Query query, RecentEvents recent)
            throws SQLException {
        if (append.after() >= append.first() - 1) {
            return Optional.empty();
        }
        if (recent.reachBackTo(append.after())) {
            return recent.firstMatch(query, append.after(), append.first());
        }
        return past.find(
                connection::prepareStatement,
                query,
                promoted,
                new FirstMatch.Range(Position.of(append.after()), Position.of(append.first() - 1)));
    }

    private void doubleWinner(Recorded append, RecordedEvent between) {
        String query = append.query();
        findings.add(
                Finding.Kind.DOUBLE_WINNER,
                append.first(),
                "the append of positions %d to %d was decided on position %d, but %s at position %s came in between and matches %s"
                        .formatted(
                                append.first(),
                                append.last(),
                                append.after(),
                                between.event().type(),
                                between.position(),
                                query.length() > QUERY_CHARS_SHOWN
                                        ? query.substring(0, QUERY_CHARS_SHOWN) + "…"
                                        : query));
    }
}
