package io.floodmark.load.table;

import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.preflight.Preflight;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Creates the table, its indexes and its seeded rows before the run, and drops it afterwards.
///
/// *Threads.* Confined to one.
final class TablePreparation {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final int ROWS_PER_STATEMENT = 500;
    private static final long TELL_EVERY_ROWS = 100_000;

    private final ConnectionTarget target;
    private final TableNames names;
    private final TableLayout layout;
    private final BooleanSupplier stopped;

    /// @param stopped whether the user no longer wants the run
    TablePreparation(
            ConnectionTarget target,
            TableNames names,
            TableLayout layout,
            BooleanSupplier stopped) {
        this.target = target;
        this.names = names;
        this.layout = layout;
        this.stopped = stopped;
    }

    /// Makes the table unless a run left it, and adds `rows` rows for this run; none of them counts
    /// when the run was stopped meanwhile.
    SeededRows prepare(long rows, Consumer<String> progress) throws SQLException {
        try (Connection connection = target.connect(CONNECT_MAX, 1)) {
            if (!exists(connection)) {
                create(connection);
                progress.accept("created table " + names.table());
            } else {
                progress.accept("using table " + names.table() + " that an earlier run kept");
            }
            seed(connection, rows, progress);
            if (stopped.getAsBoolean()) {
                return new SeededRows(1, 0);
            }
            execute(connection, layout.sql().analyze());
            return seededRange(connection, rows);
        }
    }

    /// Whether the table exists and is ours.
    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(TableSql.findComment())) {
            find.setString(1, names.quoted());
            find.setString(2, names.quoted());
            try (ResultSet found = find.executeQuery()) {
                if (!found.next()) {
                    return false;
                }
                String comment = found.getString(1);
                if (comment == null || !comment.startsWith(Preflight.TABLE_MARKER)) {
                    throw new ConfigurationException(
                            List.of(
                                    "table %s exists and was not made by floodmark; choose another name with --table"
                                            .formatted(names.table())));
                }
                return true;
            }
        }
    }

    private void create(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        execute(connection, layout.sql().create());
        execute(connection, layout.sql().comment());
        execute(connection, layout.sql().createIndex("email"));
        execute(connection, layout.sql().createIndex("created_at"));
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void seed(Connection connection, long rows, Consumer<String> progress)
            throws SQLException {
        for (long from = 0; from < rows && !stopped.getAsBoolean(); from += ROWS_PER_STATEMENT) {
            int count = (int) Math.min(ROWS_PER_STATEMENT, rows - from);
            try (PreparedStatement insert =
                    connection.prepareStatement(layout.sql().insert(count))) {
                bindSeeds(insert, from, count);
                insert.executeUpdate();
            }
            if (from > 0 && from % TELL_EVERY_ROWS == 0) {
                progress.accept("seeded %,d of %,d rows".formatted(from, rows));
            }
        }
    }

    private void bindSeeds(PreparedStatement insert, long from, int count) throws SQLException {
        int at = 1;
        for (int row = 0; row < count; row++) {
            long number = from + row;
            People.Person person = layout.people().person(-1, (int) number);
            insert.setString(at++, person.name());
            insert.setString(at++, layout.marks().seededEmail(person.mailbox(), number));
            insert.setInt(at++, person.age());
            insert.setString(at++, person.address());
            insert.setString(at++, person.phone());
            insert.setString(at++, layout.people().block(-1, (int) number));
        }
    }

    private SeededRows seededRange(Connection connection, long rows) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(layout.sql().seededRange())) {
            find.setString(1, layout.marks().seededPattern());
            try (ResultSet range = find.executeQuery()) {
                range.next();
                long first = range.getLong(1);
                long last = range.getLong(2);
                if (range.getLong(3) != rows || (rows > 0 && last - first + 1 != rows)) {
                    throw new SQLException(
                            "the seeded rows are not consecutive (ids %d to %d for %d rows): somebody else writes to %s"
                                    .formatted(first, last, rows, names.table()));
                }
                return new SeededRows(first, rows);
            }
        }
    }

    /// Drops the table if it is ours.
    ///
    /// @throws ConfigurationException when it is not; then it stays
    void drop() throws SQLException {
        try (Connection connection = target.connect(CONNECT_MAX, 0)) {
            if (exists(connection)) {
                execute(connection, layout.sql().drop());
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
