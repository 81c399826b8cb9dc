package io.floodmark.bench.append;

import io.floodmark.bench.stores.ClosedLoop;
import io.floodmark.bench.stores.Database;
import io.floodmark.bench.stores.Lending;
import io.floodmark.store.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/// The floor for one caller: one prepared `INSERT` of the same event and its commit, by the same
/// driver, into a table with nothing but a primary key.
record SingleInsert(Database database, Lending lending) {

    private static final String CREATE =
            """
            CREATE TABLE bench_single_insert (
                position bigint PRIMARY KEY, id uuid NOT NULL, type text NOT NULL,
                payload text NOT NULL)
            """;

    private static final String INSERT =
            """
            INSERT INTO bench_single_insert (position, id, type, payload) VALUES (?, ?, ?, ?)
            """;

    ClosedLoop.Measured measure(ClosedLoop loop, AtomicLong numbers) throws Exception {
        try (Connection connection = database.open();
                Statement create = connection.createStatement()) {
            create.execute("DROP TABLE IF EXISTS bench_single_insert");
            create.execute(CREATE);
            create.execute("CHECKPOINT");
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                return loop.measure(numbers, number -> insert(insert, number));
            }
        }
    }

    private boolean insert(PreparedStatement insert, long number) {
        try {
            Event event = lending.event(number);
            insert.setLong(1, number);
            insert.setObject(2, event.id());
            insert.setString(3, event.type());
            insert.setString(4, event.payload().toString());
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("the floor's insert failed", e);
        }
    }
}
