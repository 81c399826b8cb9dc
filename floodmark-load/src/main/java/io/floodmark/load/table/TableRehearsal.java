package io.floodmark.load.table;

import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.postgres.ServerSession;
import io.floodmark.load.time.TimeSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Performs the operations of the run on a temporary table, so that the code of the generator is
/// compiled before time counts; otherwise the JVM's compilers take the processor from the first
/// second of the run.
///
/// All of it is one transaction that is rolled back: nothing is left behind, no log is written for
/// the rows, and the table of the run stays as cold or warm as it was.
///
/// *Threads.* Confined to one.
///
/// @param length for how long at most
/// @param stopped whether the user no longer wants the run
record TableRehearsal(
        Errand errand,
        TimeSource time,
        Duration length,
        TableLayout layout,
        BooleanSupplier stopped) {

    private static final TableNames SCRATCH = new TableNames("pg_temp.floodmark_rehearsal");
    static final Duration LENGTH_MAX = Duration.ofSeconds(2);

    private static final long ROUNDS_MAX = 2_000;
    private static final long FIRST_ID = 1;

    /// Rehearses; a server that refuses is told to `progress` and otherwise ignored.
    ///
    /// @return rounds of an insert, an update and a read
    long run(Consumer<String> progress) {
        try {
            return errand.run(this::rollBackAfter);
        } catch (ConnectionFailure e) {
            progress.accept(
                    "could not rehearse, the first second may be slow (%s)"
                            .formatted(e.getMessage()));
            return 0;
        }
    }

    private long rollBackAfter(Connection connection) throws SQLException {
        TableLayout scratch =
                new TableLayout(
                        new TableSql(SCRATCH),
                        layout.people(),
                        layout.marks(),
                        layout.batchRows(),
                        layout.readRows());
        connection.setAutoCommit(false);
        try (Statement create = connection.createStatement()) {
            create.execute(scratch.sql().create());
        }
        var session =
                new TableSession(
                        new ServerSession(connection, ServerSession.DEFAULT_GRACE), scratch);
        long end = time.nanos() + length.toNanos();
        long round = 0;
        while (round < ROUNDS_MAX && time.nanos() < end && !stopped.getAsBoolean()) {
            session.insert(round);
            session.update(round, FIRST_ID);
            session.read(FIRST_ID);
            round++;
        }
        connection.rollback();
        return round;
    }
}
