package io.floodmark.store.postgres.append;

import static io.floodmark.store.postgres.append.Draft.ALWAYS;
import static io.floodmark.store.postgres.append.Draft.TIMEOUT;
import static io.floodmark.store.postgres.append.Draft.at;
import static io.floodmark.store.postgres.append.Draft.event;
import static io.floodmark.store.postgres.append.Draft.events;
import static io.floodmark.store.postgres.append.Draft.unlessLent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.Position;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.tck.history.HistoryReport;
import io.floodmark.store.tck.history.HistoryRunner;
import io.floodmark.store.tck.history.HistoryWorkload;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What is answered, and what is stored, when the writer's connection or the server fails.
final class AppendFaultTest {

    /// Ten times what the writer waits for a silent server.
    private static final Duration SHORT = Duration.ofSeconds(3);

    @Nested
    class A_lost_answer {
        private final StoreSettings settings = Servers.freshStore(StorageSettings.defaults());

        private OpenStore open(CommitHook hook) throws SQLException {
            var connections = Servers.connections(Servers.shared());
            return OpenStore.open(
                    hook.on(connections),
                    connections,
                    settings,
                    EngineLimits.of(settings.append()));
        }

        @Test
        void of_a_commit_that_took_effect_becomes_appended() throws SQLException {
            var commits = new AtomicInteger();
            CommitHook loseFirst =
                    new CommitHook() {
                        @Override
                        public void after(Connection connection) throws SQLException {
                            if (commits.incrementAndGet() == 1) {
                                throw new SQLException("answer lost by the test", "08006");
                            }
                        }
                    };
            try (OpenStore store = open(loseFirst)) {
                assertThat(store.append(events(3), unlessLent("b1", 0), TIMEOUT))
                        .isEqualTo(at(1, 3));
                assertThat(commits).hasValue(1);
                assertThat(store.append(List.of(event("x")), ALWAYS, TIMEOUT)).isEqualTo(at(4));
            }
        }

        @Test
        void of_a_commit_that_did_not_take_effect_is_tried_again() throws SQLException {
            var commits = new AtomicInteger();
            CommitHook terminateFirst =
                    new CommitHook() {
                        @Override
                        public void before(Connection connection) throws SQLException {
                            if (commits.incrementAndGet() == 1) {
                                terminate(connection);
                            }
                        }
                    };
            try (OpenStore store = open(terminateFirst)) {
                assertThat(store.append(events(3), unlessLent("b1", 0), TIMEOUT))
                        .isEqualTo(at(1, 3));
                assertThat(commits).hasValue(2);
                assertThat(store.head()).isEqualTo(Position.of(3));
            }
        }

        /// The client loses the connection, the server does not notice and goes on later: the worst
        /// case, for the commit could come after the caller was told that there is none.
        @Test
        void of_a_session_that_lives_on_cannot_take_effect_later() throws Exception {
            var pid = new AtomicInteger();
            CommitHook loseFirst =
                    new CommitHook() {
                        @Override
                        public void before(Connection connection) throws SQLException {
                            if (pid.get() == 0) {
                                pid.set(pid(connection));
                                throw new SQLException("connection lost by the test", "08006");
                            }
                        }
                    };
            var connections = Servers.connections(Servers.shared());
            try (OpenStore store =
                    OpenStore.open(
                            loseFirst.on(CommitHook.undead(connections)),
                            connections,
                            settings,
                            EngineLimits.of(settings.append()))) {
                assertThat(store.append(events(2), ALWAYS, TIMEOUT)).isEqualTo(at(1, 2));
                assertThat(isAlive(pid.get())).isFalse();
            }
        }
    }

    @Nested
    class A_defect_in_the_writer {
        @Test
        void fails_its_callers_with_the_cause_and_the_next_append_works() throws SQLException {
            StoreSettings settings = Servers.freshStore(StorageSettings.defaults());
            var commits = new AtomicInteger();
            CommitHook hook =
                    new CommitHook() {
                        @Override
                        public void before(Connection connection) {
                            if (commits.incrementAndGet() == 1) {
                                throw new IllegalStateException("defect by the test");
                            }
                        }
                    };
            var connections = Servers.connections(Servers.shared());
            try (OpenStore store =
                    OpenStore.open(
                            hook.on(connections),
                            connections,
                            settings,
                            EngineLimits.of(settings.append()))) {
                List<Event> events = events(2);
                assertThatThrownBy(() -> store.append(events, ALWAYS, TIMEOUT))
                        .isInstanceOf(AppendOutcomeUnknown.class)
                        .hasRootCauseMessage("defect by the test");

                assertThat(store.append(events, ALWAYS, TIMEOUT)).isEqualTo(at(1, 2));
            }
        }

        @Test
        void that_is_an_error_ends_the_engine_and_nobody_hangs() throws SQLException {
            StoreSettings settings = Servers.freshStore(StorageSettings.defaults());
            CommitHook hook =
                    new CommitHook() {
                        @Override
                        public void before(Connection connection) {
                            throw new StackOverflowError("error by the test");
                        }
                    };
            var connections = Servers.connections(Servers.shared());
            try (OpenStore store =
                    OpenStore.open(
                            hook.on(connections),
                            connections,
                            settings,
                            EngineLimits.of(settings.append()))) {
                assertThatThrownBy(() -> store.append(events(2), ALWAYS, TIMEOUT))
                        .isInstanceOf(AppendOutcomeUnknown.class)
                        .hasRootCauseMessage("error by the test");
                assertThatThrownBy(() -> store.append(events(2), ALWAYS, TIMEOUT))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasRootCauseMessage("error by the test");
            }
        }
    }

    @Nested
    class A_server {
        private static void clean(HistoryReport report) {
            assertThat(report.counts()).as(report.toString()).isEmpty();
            assertThat(report.totals().accepted()).isPositive();
        }

        @Test
        void that_ends_the_writers_sessions_again_and_again_loses_nothing() throws Exception {
            StoreSettings settings = Servers.freshStore(StorageSettings.defaults());
            try (OpenStore one = OpenStore.open(settings);
                    OpenStore two = OpenStore.open(settings);
                    var trouble = Repeated.every(Duration.ofMillis(40), A_server::endWriters)) {
                HistoryReport report =
                        HistoryRunner.run(
                                HistoryWorkload.withFreshSeed().attempts(4_000), List.of(one, two));

                clean(report);
                assertThat(trouble.times()).isGreaterThan(3);
                assertThat(report.totals().unknown()).as(report.toString()).isZero();
            }
        }

        private static void endWriters() throws SQLException {
            execute(
                    Servers.shared(),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE application_name = 'floodmark-append'");
        }

        @Test
        void that_crashes_and_comes_back_loses_nothing() throws Exception {
            try (LocalPostgres server = Servers.start()) {
                var connections = Servers.connections(server);
                StoreSettings settings =
                        Servers.freshStore(connections, StorageSettings.defaults());
                EngineLimits limits = EngineLimits.of(settings.append());
                try (OpenStore one = OpenStore.open(connections, settings, limits);
                        OpenStore two = OpenStore.open(connections, settings, limits);
                        var trouble =
                                Repeated.every(
                                        Duration.ofMillis(700),
                                        () -> {
                                            server.faults().killNine();
                                            server.restart();
                                        })) {
                    clean(
                            HistoryRunner.run(
                                    HistoryWorkload.withFreshSeed().attempts(4_000),
                                    List.of(one, two)));
                    assertThat(trouble.times()).isPositive();
                }
            }
        }

        @Test
        void that_is_silent_for_too_long_leaves_the_outcome_unknown_and_a_retry_safe()
                throws Exception {
            try (LocalPostgres server = Servers.start()) {
                var connections = Servers.connections(server);
                StoreSettings settings =
                        Servers.freshStore(connections, StorageSettings.defaults());
                EngineLimits limits =
                        EngineLimits.of(settings.append())
                                .with(
                                        new EngineLimits.Patience(
                                                Duration.ofMillis(300),
                                                Duration.ofMillis(300),
                                                Duration.ofSeconds(10)));
                try (OpenStore store = OpenStore.open(connections, settings, limits)) {
                    var _ = store.append(events(1), ALWAYS, TIMEOUT);
                    List<Event> events = events(2);
                    server.faults().freeze();
                    assertThatThrownBy(() -> store.append(events, ALWAYS, SHORT))
                            .isInstanceOf(AppendOutcomeUnknown.class);
                    server.faults().thaw();

                    assertThat(retried(store, events)).isEqualTo(at(2, 3));
                    assertThat(store.head()).isEqualTo(Position.of(3));
                }
            }
        }

        private static AppendResult retried(OpenStore store, List<Event> events) {
            while (true) {
                try {
                    return store.append(events, ALWAYS, TIMEOUT);
                } catch (AppendOutcomeUnknown | StoreUnavailable e) {
                    // The server wakes up slowly.
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static void execute(LocalPostgres server, String sql) throws SQLException {
        try (Connection connection = Servers.connections(server).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void terminate(Connection connection) throws SQLException {
        execute(Servers.shared(), "SELECT pg_terminate_backend(" + pid(connection) + ", 5000)");
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }

    private static boolean isAlive(int pid) throws SQLException {
        try (Connection connection = Servers.connections(Servers.shared()).getConnection();
                Statement statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid)) {
            row.next();
            return row.getInt(1) > 0;
        }
    }
}
