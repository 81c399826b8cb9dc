package io.floodmark.store.postgres.read;

import io.floodmark.store.Position;
import io.floodmark.store.postgres.row.EventRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// A bound value of a statement: one that each page has anew, or one of the query.
sealed interface Param {

    /// The page begins after this position, or after `least` if that is later.
    record After(Position least) implements Param {}

    /// The page ends with this position, or with `most` if that is earlier.
    record UpTo(Position most) implements Param {}

    /// Most rows of the page.
    record Limit() implements Param {}

    record Hash(long value) implements Param {}

    record Hashes(List<Long> values) implements Param {
        public Hashes {
            values = List.copyOf(values);
        }
    }

    record Texts(List<String> values) implements Param {
        public Texts {
            values = List.copyOf(values);
        }
    }

    record Time(Instant value) implements Param {}

    /// The part of the log that a page covers.
    ///
    /// @param after the page begins after it
    /// @param upTo the page ends with it at the latest
    /// @param limit most rows
    record Window(Position after, Position upTo, int limit) {}

    /// Binds this value as number `index`.
    default void bind(PreparedStatement statement, int index, Window window) throws SQLException {
        switch (this) {
            case After(Position least) ->
                    statement.setLong(index, Math.max(least.value(), window.after().value()));
            case UpTo(Position most) ->
                    statement.setLong(index, Math.min(most.value(), window.upTo().value()));
            case Limit() -> statement.setInt(index, window.limit());
            case Hash(long value) -> statement.setLong(index, value);
            case Hashes(List<Long> values) ->
                    statement.setArray(
                            index, array(statement.getConnection(), "int8", values.toArray()));
            case Texts(List<String> values) ->
                    statement.setArray(
                            index, array(statement.getConnection(), "text", values.toArray()));
            case Time(Instant value) -> statement.setObject(index, EventRows.timestamp(value));
        }
    }

    private static java.sql.Array array(Connection connection, String type, Object[] values)
            throws SQLException {
        return connection.createArrayOf(type, values);
    }
}
