package io.floodmark.store.tck.reference;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.tck.history.HistoryTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Appends under a condition with one SQL statement, which inserts only if the highest matching
/// position is the expected one. **Wrong** below [Isolation#SERIALIZABLE]: two statements that
/// begin before either commits both win. Even then it is right only if all writers ask for exactly
/// what they write: otherwise the serial order of two transactions may be the opposite of that of
/// their positions.
///
/// Positions come from a sequence, so they have gaps, and two appends of several events each may
/// interleave. `after` must be a matching position or 0, which is what its reads end with. Event
/// ids are kept but nothing depends on them: an append that is sent again is stored again.
/// *Threads.* Any; each operation borrows one of the connections.
public final class SingleStatementStore implements HistoryTarget, AutoCloseable {

    private final SingleStatementTable table;
    private final ConnectionShelf connections;

    /// Opens the connections.
    ///
    /// @param source makes connections to the database that has the table
    /// @param count how many; as many operations run at the same time
    public SingleStatementStore(
            ConnectionSource source, SingleStatementTable table, Isolation isolation, int count)
            throws SQLException {
        this.table = table;
        this.connections = ConnectionShelf.open(source, isolation, count);
    }

    @Override
    public AppendResult append(List<Event> events, AppendCondition condition, Duration timeout) {
        if (events.isEmpty()) {
            return new AppendResult.NothingToAppend();
        }
        return switch (condition) {
            case AppendCondition.Unconditional _ ->
                    connections.append(
                            timeout,
                            connection ->
                                    appended(inserted(connection, insert(events)).orElseThrow()));
            case AppendCondition.FailIfMatch failIfMatch ->
                    connections.append(
                            timeout, connection -> conditional(connection, events, failIfMatch));
        };
    }

    private AppendResult conditional(
            Connection connection, List<Event> events, AppendCondition.FailIfMatch condition)
            throws SQLException {
        Optional<List<Long>> positions = inserted(connection, insert(events, condition));
        if (positions.isPresent()) {
            return appended(positions.get());
        }
        List<RecordedEvent> matching =
                StoredRows.page(
                        connection,
                        table,
                        new StoredRows.Slice(
                                condition.query(), condition.after().value(), Long.MAX_VALUE, 1));
        if (matching.isEmpty()) {
            throw new IllegalArgumentException(
                    "after must be the last match's position, was " + condition.after().value());
        }
        return new AppendResult.Conflict(matching.getFirst());
    }

    private static AppendResult appended(List<Long> positions) {
        return new AppendResult.Appended(
                new Position(positions.getFirst()), new Position(positions.getLast()));
    }

    private SqlFragment insert(List<Event> events) {
        return values(new SqlFragment().sql("WITH "), events)
                .sql(" FROM vals")
                .sql(" ORDER BY place RETURNING sequence_number");
    }

    private SqlFragment insert(List<Event> events, AppendCondition.FailIfMatch condition) {
        SqlFragment context =
                new SqlFragment()
                        .sql("WITH context AS (SELECT max(sequence_number) AS max_seq FROM ")
                        .sql(table.quoted())
                        .sql(" WHERE ")
                        .matching(condition.query())
                        .sql("), ");
        return values(context, events)
                .sql(
                        " FROM context, vals WHERE coalesce(max_seq, 0) = ?",
                        condition.after().value())
                .sql(" ORDER BY place RETURNING sequence_number");
    }

    private SqlFragment values(SqlFragment into, List<Event> events) {
        into.sql("vals (place, event_id, occurred_at, event_type, payload, metadata) AS (");
        for (int place = 0; place < events.size(); place++) {
            Event event = events.get(place);
            into.sql(place == 0 ? "SELECT ?" : " UNION ALL SELECT ?", (long) place)
                    .sql(", ?::uuid", event.id().toString())
                    .sql(", ?::timestamptz", event.occurredAt().toString())
                    .sql(", ?::text", event.type())
                    .sql(
                            ", jsonb_build_object('tags', to_jsonb(?::text[])",
                            SqlFragment.texts(event.tags()))
                    .sql(", 'data', ?::jsonb)", event.payload().toString())
                    .sql(", ?::jsonb", event.metadata().toString());
        }
        return into.sql(") INSERT INTO ")
                .sql(table.quoted())
                .sql(" (event_id, occurred_at, event_type, payload, metadata)")
                .sql(" SELECT event_id, occurred_at, event_type, payload, metadata");
    }

    private static Optional<List<Long>> inserted(Connection connection, SqlFragment insert)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert.text())) {
            insert.bind(statement);
            List<Long> positions = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    positions.add(rows.getLong(1));
                }
            }
            return positions.isEmpty() ? Optional.empty() : Optional.of(positions);
        }
    }

    /// Always reads the primary, page by page; the end is the last match when the read began.
    @Override
    public EventStream read(ReadRequest request, Duration timeout) {
        long after =
                switch (request.bounds()) {
                    case ReadBounds.Everything _ -> 0;
                    case ReadBounds.After bound -> bound.position().value();
                    case ReadBounds.Occurred _ ->
                            throw new IllegalArgumentException("time bounds are not supported");
                };
        long end =
                connections.read(
                        timeout,
                        connection -> StoredRows.last(connection, table, request.query(), after));
        return new StoredRows.Pages(
                new StoredRows.Slice(request.query(), after, end, StoredRows.PAGE),
                slice ->
                        connections.read(
                                timeout, connection -> StoredRows.page(connection, table, slice)));
    }

    @Override
    public Position head() {
        return new Position(
                connections.read(
                        Duration.ofSeconds(30),
                        connection -> StoredRows.last(connection, table, Query.all(), 0)));
    }

    /// Closes the connections.
    @Override
    public void close() throws SQLException {
        connections.close();
    }
}
