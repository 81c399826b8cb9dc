package io.floodmark.bench.stores;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.Tag;
import io.floodmark.store.tck.history.HistoryTarget;
import io.floodmark.store.tck.reference.Isolation;
import io.floodmark.store.tck.reference.SingleStatementStore;
import io.floodmark.store.tck.reference.SingleStatementTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/// The append that inserts if the highest matching position is the expected one, at READ COMMITTED,
/// with its table, its indexes and its planner settings: the peer, fast because it is wrong.
///
/// *Threads.* Any for appends, one for reads.
public final class SingleStatement implements Contender {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// More connections than that only queue at the two processors of a usual machine.
    private static final int CONNECTIONS_MAX = 64;

    private static final int CONTESTANTS = 16;

    /// Leaves bitmap scans of its GIN index. Without them the planner, which knows little about
    /// what is in a document, may read the table backwards in search of the highest match.
    private static final String PLANNER = "-c enable_seqscan=off -c enable_indexscan=off";

    private static final String FILL =
            """
            INSERT INTO "${table}" (event_id, occurred_at, event_type, payload, metadata)
            SELECT gen_random_uuid(), now(),
                   (ARRAY['BookCopyAdded', 'BookCopyLent', 'BookCopyReturned', 'BookCopyRemoved'])[n % 4 + 1],
                   jsonb_build_object(
                       'tags', jsonb_build_array('book=' || n % ?, 'reader=' || n * 7919 % ?),
                       'data', jsonb_build_object('number', n, 'note', ?)),
                   '{}'
              FROM generate_series(0, ? - 1) AS n
            """;

    private static final String READ =
            """
            SELECT event_type, occurred_at, payload, metadata, sequence_number
              FROM "${table}" WHERE ${condition} ORDER BY sequence_number
            """;

    private final SingleStatementStore store;

    /// For contests, in which it reads long results: planned by default those are faster.
    private final SingleStatementStore contested;

    private final HikariDataSource reading;
    private final String name;

    private SingleStatement(
            SingleStatementStore store,
            SingleStatementStore contested,
            HikariDataSource reading,
            String name) {
        this.store = store;
        this.contested = contested;
        this.reading = reading;
        this.name = name;
    }

    /// A table named `name` with at least the events of `lending`, filled if they are not there
    /// yet.
    public static SingleStatement filled(
            Database database, String name, Lending lending, int callers) throws SQLException {
        var table = new SingleStatementTable(name);
        if (events(database, name) < lending.size()) {
            database.execute("DROP TABLE IF EXISTS \"" + name + "\"");
            fill(database, table, lending);
        }
        Database planned = database.with(PLANNER);
        return new SingleStatement(
                store(planned, table, Math.min(callers, CONNECTIONS_MAX)),
                store(database, table, CONTESTANTS),
                planned.pool(),
                name);
    }

    private static SingleStatementStore store(
            Database database, SingleStatementTable table, int connections) throws SQLException {
        return new SingleStatementStore(
                database::open, table, Isolation.READ_COMMITTED, connections);
    }

    private static long events(Database database, String name) throws SQLException {
        return database.number("SELECT to_regclass('\"%s\"')::oid::bigint".formatted(name)) == 0
                ? 0
                : database.number("SELECT max(sequence_number) FROM \"%s\"".formatted(name));
    }

    /// Indexes are made after the rows: that is faster, and leaves them as compact as can be.
    private static void fill(Database database, SingleStatementTable table, Lending lending)
            throws SQLException {
        try (Connection connection = database.open()) {
            table.createBare(connection);
            try (PreparedStatement fill =
                    connection.prepareStatement(FILL.replace("${table}", table.name()))) {
                fill.setLong(1, lending.keys());
                fill.setLong(2, lending.keys());
                fill.setString(3, Lending.note());
                fill.setLong(4, lending.size());
                fill.executeUpdate();
            }
            table.createIndexes(connection);
        }
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

    /// By one prepared statement on a connection of a pool like that of the event store; the
    /// columns are taken as values and bytes, of which nothing is parsed.
    @Override
    public int read(Query query) {
        List<Tag> tags = query.items().getFirst().tags().stream().toList();
        String condition =
                String.join(" AND ", tags.stream().map(_ -> "payload @> ?::jsonb").toList());
        String sql = READ.replace("${table}", name).replace("${condition}", condition);
        try (Connection connection = reading.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < tags.size(); i++) {
                statement.setString(i + 1, "{\"tags\": [\"" + tags.get(i).text() + "\"]}");
            }
            return rows(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the peer's read failed", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Row(
            long position, String type, OffsetDateTime occurred, byte[] payload, byte[] metadata) {}

    private static int rows(PreparedStatement statement) throws SQLException {
        List<Row> taken = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                taken.add(
                        new Row(
                                row.getLong(5),
                                row.getString(1),
                                row.getObject(2, OffsetDateTime.class),
                                row.getBytes(3),
                                row.getBytes(4)));
            }
        }
        return taken.size();
    }

    @Override
    public HistoryTarget target() {
        return contested;
    }

    @Override
    public void close() {
        try (reading;
                contested) {
            store.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the peer's connections could not be closed", e);
        }
    }
}
