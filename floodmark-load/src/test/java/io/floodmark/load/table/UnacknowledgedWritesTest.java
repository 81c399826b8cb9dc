package io.floodmark.load.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.config.Mix;
import io.floodmark.load.postgres.Awaiting;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.postgres.ServerSession;
import io.floodmark.load.postgres.TestServer;
import io.floodmark.load.record.WriteCheck;
import io.floodmark.load.time.SystemTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Writes that reach the server and whose acknowledgement does not reach the books, or not in time:
/// they are unknown, and never make an acknowledged one look lost.
final class UnacknowledgedWritesTest {

    private static final int INSERT = 0;
    private static final int UPDATE = 1;
    private static final int TRANSACTION = 2;
    private static final int BATCH = 3;

    private static final String SOMEBODY_WAITS =
            """
            SELECT EXISTS (SELECT FROM pg_locks
                            WHERE NOT granted AND relation = 'unacknowledged_writes'::regclass)
            """;

    private final ConnectionTarget target = TestServer.superuser();
    private final TableNames names = new TableNames("unacknowledged_writes");
    private final TableLayout layout =
            new TableLayout(new TableSql(names), new People(1), new RowMarks("r1"), BATCH, 1);
    private final InsertLedger inserts = new InsertLedger();
    private final UpdateLedger updates = new UpdateLedger();
    private final TableOperations operations =
            new TableOperations(
                    new Mix(Map.of("insert", 40, "update", 40, "transaction", 20)),
                    SystemTime.INSTANCE,
                    layout.people(),
                    inserts,
                    updates);
    private final TablePreparation preparation =
            new TablePreparation(
                    TablePreparation.Errands.to(target), names, layout, AfterRun.DROP, () -> false);
    private final Errand errand = new Errand(target, Duration.ofSeconds(20));
    private SeededRows seeded = new SeededRows(1, 0);

    /// One row only, so that all updates meet.
    @BeforeEach
    void prepare() {
        seeded = preparation.prepare(1, _ -> {});
        operations.seeded(seeded);
    }

    @AfterEach
    void drop() {
        preparation.drop();
    }

    private WriteCheck check() {
        WriteCheck check = new WriteChecker(errand, layout, inserts, updates).check(seeded);
        assertThat(check.problem()).isEmpty();
        return check;
    }

    private TableSession session(AnswersOf.Way way) throws SQLException {
        return new TableSession(
                new ServerSession(
                        AnswersOf.connection(TestServer.connect(target), way),
                        ServerSession.DEFAULT_GRACE),
                layout);
    }

    private void perform(int kind, long number) throws SQLException {
        try (TableSession session = session((_, _) -> {})) {
            operations.perform(kind, number, session);
        }
    }

    /// An operation whose answer is held up on its way back, in a thread of its own.
    private final class HeldUp implements AutoCloseable {
        private final CountDownLatch landed = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final Thread thread;

        HeldUp(int kind, long number) throws Exception {
            TableSession session = session((method, _) -> holdUp(method));
            thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (session) {
                                    operations.perform(kind, number, session);
                                } catch (SQLException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            assertThat(landed.await(10, TimeUnit.SECONDS)).isTrue();
        }

        private void holdUp(String method) throws InterruptedException {
            if (method.equals("executeUpdate")) {
                landed.countDown();
                assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }

        /// Lets the answer through and waits until it is noted.
        @Override
        public void close() {
            release.countDown();
            try {
                assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void update_that_nobody_waits_for_does_not_make_an_acknowledged_one_look_lost()
            throws Exception {
        perform(UPDATE, 1);
        try (var _ = new HeldUp(UPDATE, 2)) {
            WriteCheck check = check();

            assertThat(check.acknowledged()).isOne();
            assertThat(check.found()).isOne();
            assertThat(check.ackedLost()).isZero();
            assertThat(check.unknown()).isOne();
        }
    }

    @Test
    void insert_that_nobody_waits_for_is_unknown_and_found() throws Exception {
        perform(INSERT, 1);
        try (var _ = new HeldUp(INSERT, 2)) {
            WriteCheck check = check();

            assertThat(check.acknowledged()).isEqualTo(BATCH);
            assertThat(check.found()).isEqualTo(BATCH);
            assertThat(check.ackedLost()).isZero();
            assertThat(check.unknown()).isEqualTo(BATCH);
            assertThat(check.unknownFound()).isEqualTo(BATCH);
        }
    }

    /// The check has begun and waits for a lock while the acknowledgements come in.
    @Test
    void acknowledgement_that_comes_during_the_check_does_not_count() throws Exception {
        perform(INSERT, 1);
        perform(UPDATE, 2);
        HeldUp insert = new HeldUp(INSERT, 3);
        HeldUp update = new HeldUp(UPDATE, 4);
        try (Connection other = TestServer.connect(target);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            try (Statement lock = other.createStatement()) {
                lock.execute("LOCK TABLE unacknowledged_writes IN ACCESS EXCLUSIVE MODE");
            }
            Future<WriteCheck> checking = threads.submit(this::check);
            Awaiting.until(
                    "the check waits", () -> "t".equals(TestServer.text(other, SOMEBODY_WAITS)));
            insert.close();
            update.close();
            other.rollback();

            WriteCheck check = checking.get(10, TimeUnit.SECONDS);
            assertThat(check.acknowledged()).isEqualTo(BATCH + 1);
            assertThat(check.found()).isEqualTo(BATCH + 1);
            assertThat(check.ackedLost()).isZero();
            assertThat(check.unknown()).isEqualTo(BATCH + 1);
        }
    }

    @Test
    void transaction_whose_connection_breaks_right_after_the_commit_is_done() throws Exception {
        TableSession session =
                session((method, connection) -> {
                    if (method.equals("commit")) {
                        connection.abort(Runnable::run);
                    }
                });
        session.server().begin();

        operations.perform(TRANSACTION, 1, session);

        assertThat(session.server().succeeded()).as("a broken session is not used again").isFalse();
        WriteCheck check = check();
        assertThat(check.acknowledged()).isEqualTo(BATCH + 1);
        assertThat(check.found()).isEqualTo(BATCH + 1);
        assertThat(check.unknown()).isZero();
    }

    @Test
    void write_that_the_server_refused_is_not_looked_for() throws Exception {
        TestServer.execute(target, "ALTER TABLE unacknowledged_writes ADD CHECK (id < 2)");

        assertThatThrownBy(() -> perform(INSERT, 1))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("check constraint");

        WriteCheck check = check();
        assertThat(check.acknowledged()).isZero();
        assertThat(check.unknown()).isZero();
    }
}
