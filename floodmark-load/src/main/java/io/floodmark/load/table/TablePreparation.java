package io.floodmark.load.table;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Errand;
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

/// Creates the table, its indexes and its seeded rows before the run, and drops it afterwards. It
/// waits for no answer of the server longer than its [Errands] say.
///
/// *Threads.* Confined to one.
final class TablePreparation {

    private static final int ROWS_PER_STATEMENT = 500;
    private static final long TELL_EVERY_ROWS = 100_000;

    private final Errands errands;
    private final TableNames names;
    private final TableLayout layout;
    private final AfterRun afterRun;
    private final BooleanSupplier stopped;

    /// What limits the answers of the server.
    ///
    /// @param writing for statements that touch few rows, or only the catalogue
    /// @param surveying for statements that look through the table, which may be an old and large
    ///   one
    record Errands(Errand writing, Errand surveying) {

        private static final Duration WRITING_MAX = Duration.ofMinutes(1);
        private static final Duration SURVEYING_MAX = Duration.ofMinutes(10);

        static Errands to(ConnectionTarget target) {
            return new Errands(new Errand(target, WRITING_MAX), new Errand(target, SURVEYING_MAX));
        }
    }

    /// How the table stands before the run.
    private enum Found {
        NONE,
        LEFT_BEHIND,
        KEPT
    }

    /// @param stopped whether the user no longer wants the run
    TablePreparation(
            Errands errands,
            TableNames names,
            TableLayout layout,
            AfterRun afterRun,
            BooleanSupplier stopped) {
        this.errands = errands;
        this.names = names;
        this.layout = layout;
        this.afterRun = afterRun;
        this.stopped = stopped;
    }

    /// Makes the table unless a run left it, and adds `rows` rows for this run; none of them counts
    /// when the run was stopped meanwhile.
    ///
    /// @throws ConnectionFailure when the server refuses, or an answer takes too long
    SeededRows prepare(long rows, Consumer<String> progress) {
        boolean seeded = errands.writing().run(connection -> fill(connection, rows, progress));
        return seeded
                ? errands.surveying().run(connection -> survey(connection, rows))
                : new SeededRows(1, 0);
    }

    private boolean fill(Connection connection, long rows, Consumer<String> progress)
            throws SQLException {
        switch (find(connection)) {
            case NONE -> {
                create(connection);
                progress.accept("created table " + names.table());
            }
            case LEFT_BEHIND ->
                    progress.accept("using table " + names.table() + " that an earlier run left");
            case KEPT ->
                    progress.accept("using table " + names.table() + " that an earlier run kept");
        }
        if (afterRun == AfterRun.KEEP) {
            execute(connection, layout.sql().commentKept());
        }
        seed(connection, rows, progress);
        return !stopped.getAsBoolean();
    }

    private SeededRows survey(Connection connection, long rows) throws SQLException {
        execute(connection, layout.sql().analyze());
        return seededRange(connection, rows);
    }

    /// Finds the table, which must be ours if there is one.
    private Found find(Connection connection) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(TableSql.findComment())) {
            find.setString(1, names.quoted());
            find.setString(2, names.quoted());
            try (ResultSet found = find.executeQuery()) {
                if (!found.next()) {
                    return Found.NONE;
                }
                String comment = found.getString(1);
                if (comment == null || !comment.startsWith(Preflight.TABLE_MARKER)) {
                    throw new ConfigurationException(
                            List.of(
                                    "table %s exists and was not made by floodmark; choose another name with --table"
                                            .formatted(names.table())));
                }
                return comment.startsWith(Preflight.KEPT_MARKER) ? Found.KEPT : Found.LEFT_BEHIND;
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

    /// Drops the table if it is ours, and ours to drop.
    ///
    /// @throws ConfigurationException when it is not; then it stays
    /// @throws ConnectionFailure when the server refuses, or takes too long
    void drop() {
        errands.writing().run(this::drop);
    }

    private boolean drop(Connection connection) throws SQLException {
        Found found = find(connection);
        if (found == Found.KEPT && afterRun != AfterRun.DROP) {
            throw new ConfigurationException(
                    List.of("another run keeps table %s".formatted(names.table())));
        }
        if (found != Found.NONE) {
            execute(connection, layout.sql().drop());
        }
        return found != Found.NONE;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
