package io.floodmark.store.postgres.read;

import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.postgres.row.EventRows;
import io.floodmark.store.postgres.schema.PromotedKeys;
import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Finds the first event in a range of the log that a query matches: the check of an append
/// condition by SQL. Exact, like a read; index hits are only candidates.
public final class FirstMatch {
    private static final int FIRST_PAGE = 4;
    private static final int PAGE_MAX = 512;

    private final PageSql pages;

    /// In the store with these names.
    public FirstMatch(StoreNames names) {
        pages = new PageSql(names);
    }

    /// Makes a statement of a connection.
    @FunctionalInterface
    public interface Preparing {
        /// The statement of this SQL.
        PreparedStatement prepare(String sql) throws SQLException;
    }

    /// The first match after `after` up to `upTo`, which is at most the head.
    ///
    /// @param promoted the promoted keys, or an older set of them
    public Optional<RecordedEvent> find(
            Preparing connection, Query query, PromotedKeys promoted, Range range)
            throws SQLException {
        Sql sql = pages.of(Branches.of(query, promoted, Branch.Times.ANY));
        Position from = range.after();
        for (int limit = FIRST_PAGE; ; limit = Math.min(limit * 4, PAGE_MAX)) {
            var window = new Param.Window(from, range.upTo(), limit);
            Candidates candidates = candidates(connection, sql, query, window);
            if (candidates.match().isPresent() || candidates.count() < limit) {
                return candidates.match();
            }
            from = candidates.last();
        }
    }

    /// Positions above `after` up to `upTo`.
    public record Range(Position after, Position upTo) {}

    private record Candidates(Optional<RecordedEvent> match, int count, Position last) {}

    private static Candidates candidates(
            Preparing connection, Sql sql, Query query, Param.Window window) throws SQLException {
        int count = 0;
        Position last = window.after();
        try (PreparedStatement statement = connection.prepare(sql.text())) {
            sql.bind(statement, window);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    last = Position.of(row.getLong(2));
                    if (row.wasNull()) {
                        break;
                    }
                    RecordedEvent event = EventRows.read(row, 2);
                    count++;
                    if (query.matches(event.event())) {
                        return new Candidates(Optional.of(event), count, last);
                    }
                }
            }
        }
        return new Candidates(Optional.empty(), count, last);
    }
}
