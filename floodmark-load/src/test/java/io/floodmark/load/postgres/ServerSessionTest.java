package io.floodmark.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerSessionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SLEEP = "SELECT pg_sleep(60)";

    @Test
    void cancelled_operation_returns_and_the_session_lives() throws Exception {
        try (ServerSession session = patientSession()) {
            SQLException failure = cancelledAsleep(session);

            assertThat(failure.getSQLState()).isEqualTo("57014");
            assertThat(session.failed(failure)).isTrue();
            assertThat(works(session)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void session_survives_many_cancels_and_none_hits_the_next_operation(int round)
            throws Exception {
        try (ServerSession session = patientSession()) {
            for (int i = 0; i < 10 * round; i++) {
                SQLException failure = cancelledAsleep(session);
                assertThat(session.failed(failure)).isTrue();
                assertThat(works(session)).isTrue();
            }
        }
    }

    @Test
    void late_watcher_cannot_cancel_the_next_operation() throws Exception {
        try (ServerSession session = session()) {
            long first = session.begin();
            assertThat(session.succeeded()).isTrue();
            long second = session.begin();

            assertThat(session.cancelRunning(first)).isFalse();
            assertThat(session.cancelRequested()).isFalse();
            TestServer.text(session.connection(), "SELECT pg_sleep(0.2)");

            assertThat(session.succeeded()).isTrue();
            assertThat(session.cancelRunning(second)).isFalse();
        }
    }

    @Test
    void session_is_discarded_when_the_cancel_met_no_statement() throws Exception {
        try (ServerSession session = session()) {
            long operation = session.begin();
            TestServer.text(session.connection(), "SELECT 1");

            assertThat(session.cancelRunning(operation)).isTrue();

            assertThat(session.cancelRequested()).isTrue();
            assertThat(session.succeeded()).isFalse();
        }
    }

    @Test
    void session_whose_connection_is_closed_is_discarded_although_the_operation_went_well()
            throws Exception {
        try (ServerSession session = session()) {
            session.begin();
            TestServer.text(session.connection(), "SELECT 1");
            session.abort();

            assertThat(session.succeeded()).isFalse();
        }
    }

    /// The cancel meets one of the statements, or falls between two and leaves the end to the axe.
    @Test
    void operation_of_many_statements_ends_and_its_session_survives_at_most_a_met_cancel()
            throws Exception {
        try (ServerSession session = session()) {
            SQLException failure =
                    cancelledWhile(
                            session,
                            () -> {
                                while (true) {
                                    TestServer.text(session.connection(), "SELECT 1");
                                }
                            });

            boolean met = "57014".equals(failure.getSQLState());
            assertThat(session.failed(failure) && !met).isFalse();
        }
    }

    @Test
    void session_in_a_failed_transaction_is_discarded_unless_rolled_back() throws Exception {
        try (ServerSession session = session()) {
            session.connection().setAutoCommit(false);
            session.begin();
            SQLException failure = failureOf(session, "SELECT 1 / 0");

            assertThat(session.failed(failure)).isFalse();
            session.begin();
            session.connection().rollback();
            assertThat(session.failed(failure)).isTrue();
        }
    }

    @Test
    void session_that_the_server_ended_is_discarded() throws Exception {
        try (ServerSession session = session()) {
            session.begin();
            String pid = TestServer.text(session.connection(), "SELECT pg_backend_pid()");
            TestServer.execute(
                    TestServer.superuser(), "SELECT pg_terminate_backend(%s)".formatted(pid));

            SQLException failure = failureOf(session, SLEEP);

            assertThat(SqlFailures.isConnectionLost(failure)).isTrue();
            assertThat(session.failed(failure)).isFalse();
        }
    }

    @Test
    void frozen_server_does_not_keep_the_worker() throws Exception {
        try (ServerSession session = session()) {
            TestServer.text(session.connection(), "SELECT 1");
            TestServer.shared().faults().freeze();
            try {
                SQLException failure = cancelled(session, "SELECT 1");

                assertThat(SqlFailures.isConnectionLost(failure)).isTrue();
                assertThat(SqlFailures.outcomeUnknown(failure)).isTrue();
                assertThat(session.failed(failure)).isFalse();
            } finally {
                TestServer.shared().faults().thaw();
            }
        }
    }

    @Test
    void pool_closes_although_the_server_is_frozen() throws Exception {
        var pool = new SessionPool<>(factory(), new PoolBounds(4, 4), System::nanoTime);
        pool.warmUp(3, PATIENCE);
        ServerSession held = pool.acquire(System.nanoTime() + PATIENCE.toNanos());
        AtomicReference<SQLException> failure = new AtomicReference<>();
        TestServer.shared().faults().freeze();
        try {
            Thread worker =
                    Thread.ofVirtual().start(() -> failure.set(failureOf(held, "SELECT 1")));

            pool.close(Duration.ofMillis(50));

            assertThat(worker.join(PATIENCE)).isTrue();
            assertThat(SqlFailures.isConnectionLost(failure.get())).isTrue();
            pool.discard(held);
            Awaiting.until("all are gone", () -> pool.stats().open() == 0);
        } finally {
            TestServer.shared().faults().thaw();
        }
    }

    @Test
    void grace_longer_than_the_cancel_can_be_trusted_is_refused() throws Exception {
        try (ServerSession session = session()) {
            assertThatThrownBy(
                            () -> new ServerSession(session.connection(), Duration.ofMillis(1500)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0 to 1499 ms");
        }
    }

    /// A session whose grace is long enough for a server on a busy machine to react.
    private static ServerSession patientSession() throws SQLException {
        return new ServerSession(
                TestServer.connect(TestServer.superuser()), Duration.ofMillis(1400));
    }

    private static ServerSession session() throws SQLException {
        return ServerSession.open(TestServer.superuser(), PATIENCE, 1);
    }

    private static SessionFactory<ServerSession> factory() {
        return new SessionFactory<>() {
            @Override
            public ServerSession open() throws SQLException {
                return session();
            }

            @Override
            public void abort(ServerSession session) {
                session.abort();
            }
        };
    }

    private static boolean works(ServerSession session) throws SQLException {
        session.begin();
        boolean one = "1".equals(TestServer.text(session.connection(), "SELECT 1"));
        return session.succeeded() && one;
    }

    private static SQLException cancelled(ServerSession session, String sql) throws Exception {
        return cancelledWhile(session, () -> TestServer.text(session.connection(), sql));
    }

    /// A cancel that comes before the server has begun is lost there, so the server is asked first.
    private static SQLException cancelledAsleep(ServerSession session) throws Exception {
        String pid = TestServer.text(session.connection(), "SELECT pg_backend_pid()");
        try (Connection watcher = TestServer.connect(TestServer.superuser())) {
            String asleep =
                    "SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = " + pid;
            return cancelledWhen(
                    () -> "t".equals(TestServer.text(watcher, asleep)),
                    session,
                    () -> TestServer.text(session.connection(), SLEEP));
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static SQLException cancelledWhile(ServerSession session, Work work) throws Exception {
        return cancelledWhen(() -> true, session, work);
    }

    /// Runs `work` in a thread of its own, cancels it when `due`, and returns how it failed.
    private static SQLException cancelledWhen(
            Awaiting.Condition due, ServerSession session, Work work) throws Exception {
        AtomicReference<SQLException> failure = new AtomicReference<>();
        long operation = session.begin();
        Thread worker =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                work.run();
                            } catch (SQLException e) {
                                failure.set(e);
                            }
                        });
        Awaiting.until("it is time to cancel", due);

        assertThat(session.cancelRunning(operation)).isTrue();

        assertThat(worker.join(PATIENCE)).isTrue();
        return failure.get();
    }

    private static SQLException failureOf(ServerSession session, String sql) {
        try {
            TestServer.text(session.connection(), sql);
        } catch (SQLException e) {
            return e;
        }
        throw new AssertionError("it went well");
    }
}
