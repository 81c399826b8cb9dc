package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.Position;
import io.floodmark.store.postgres.schema.Segments;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Appends within a transaction of the caller.
///
/// The head is locked first, so that all that was appended before is visible to the statements that
/// follow, and nothing can be appended after; then everything is decided by SQL. Writers of other
/// processes wait for the lock, find the head moved, and decide again.
///
/// *Threads:* immutable.
final class ConnectionAppend {
    private final StoreNames names;
    private final StoreSchema schema;
    private final AppendStatement statement;
    private final PastLookup past;

    ConnectionAppend(
            StoreNames names, StoreSchema schema, AppendStatement statement, PastLookup past) {
        this.names = names;
        this.schema = schema;
        this.statement = statement;
        this.past = past;
    }

    AppendResult append(Connection connection, List<Event> events, AppendCondition condition)
            throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalArgumentException(
                    "the connection is in auto-commit mode; begin a transaction for the append");
        }
        Head head = HeadRow.lock(connection, names);
        var layout = schema.check(connection);
        var append = EncodedAppend.of(events, condition, layout.promoted());
        var state = new PastLookup.LogState(head.position(), layout.promoted());
        Optional<AppendResult> decided =
                past.decide(connection::prepareStatement, append, Settled.nothing(append), state);
        return decided.isPresent() ? decided.get() : store(connection, head, append);
    }

    private AppendResult store(Connection connection, Head head, EncodedAppend append)
            throws SQLException {
        Position last = Position.of(head.position()).plus(append.events().size());
        int _ = new Segments(names).ensure(connection, last);
        if (statement.execute(connection, head, List.of(append)).isEmpty()) {
            throw new IllegalStateException("the head moved although it was locked");
        }
        return new AppendResult.Appended(Position.of(head.position()).next(), last);
    }
}
