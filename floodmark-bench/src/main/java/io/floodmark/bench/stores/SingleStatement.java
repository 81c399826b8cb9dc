package io.floodmark.bench.stores;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.tck.history.HistoryTarget;
import io.floodmark.store.tck.reference.Isolation;
import io.floodmark.store.tck.reference.SingleStatementStore;
import io.floodmark.store.tck.reference.SingleStatementTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// The append that inserts if the highest matching position is the expected one, at READ COMMITTED,
/// with its table and its indexes: the peer, fast because it is wrong.
public final class SingleStatement implements Contender {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// More connections than that only queue at the two processors of a usual machine.
    private static final int CONNECTIONS_MAX = 64;

    private static final String FILL =
            """
            INSERT INTO "${table}" (event_id, occurred_at, event_type, payload, metadata)
            SELECT gen_random_uuid(), now(),
                   (ARRAY['BookCopyAdded', 'BookCopyLent', 'BookCopyReturned', 'BookCopyRemoved'])[n % 4 + 1],
                   jsonb_build_object(
                       'tags', jsonb_build_array('book=' || n % ?, 'reader=' || n * 7919 % ?),
                       'data', ?::jsonb),
                   '{}'
              FROM generate_series(0, ? - 1) AS n
            """;

    private final SingleStatementStore store;

    private SingleStatement(SingleStatementStore store) {
        this.store = store;
    }

    /// A table named `name`, filled.
    public static SingleStatement filled(
            LocalPostgres server, String name, Lending lending, int callers) throws SQLException {
        var table = new SingleStatementTable(name);
        try (Connection connection = Servers.open(server)) {
            table.create(connection);
            try (PreparedStatement fill =
                    connection.prepareStatement(FILL.replace("${table}", name))) {
                fill.setLong(1, lending.keys());
                fill.setLong(2, lending.keys());
                fill.setString(3, Lending.payload(0).toString());
                fill.setLong(4, lending.size());
                fill.executeUpdate();
            }
        }
        return new SingleStatement(
                new SingleStatementStore(
                        () -> Servers.open(server),
                        table,
                        Isolation.READ_COMMITTED,
                        Math.min(callers, CONNECTIONS_MAX)));
    }

    @Override
    public boolean append(Event event, Query failIfMatch) {
        try {
            var condition = AppendCondition.failIfMatch(failIfMatch, Position.START);
            return store.append(List.of(event), condition, TIMEOUT)
                    instanceof AppendResult.Appended;
        } catch (IllegalArgumentException e) {
            return false; // nothing matched any more when it looked for the blocking event
        }
    }

    /// By one statement, although its reads in pages take two.
    @Override
    public int read(Query query) {
        return store.matches(query, READ_MAX, TIMEOUT).size();
    }

    @Override
    public HistoryTarget target() {
        return store;
    }

    @Override
    public void close() {
        try {
            store.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the peer's connections could not be closed", e);
        }
    }
}
