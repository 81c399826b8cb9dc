package io.floodmark.store.postgres.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalReplica;
import io.floodmark.store.postgres.schema.StoreNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading, applying and reverting on a real PostgreSQL 18.
final class ServerTest {

    private static final long GIBIBYTE = 1L << 30;
    private static final String ALL_SETTINGS =
            """
            SELECT name || ' ' || coalesce(setting, '') || ' ' || source || ' '
                   || coalesce(sourcefile, '') || ' ' || pending_restart
            FROM pg_settings WHERE name NOT IN ('lock_timeout', 'statement_timeout') ORDER BY name
            """;
    private static final String ALTERED =
            """
            SELECT name || ' ' || setting FROM pg_file_settings
            WHERE sourcefile LIKE '%postgresql.auto.conf' ORDER BY name
            """;
    private static final String OPTIONS =
            """
            SELECT relname || ' ' || coalesce(reloptions::text, '') FROM pg_class
            WHERE relnamespace = 'floodmark'::regnamespace ORDER BY relname
            """;

    private static LocalPostgres server;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws SQLException {
        server = LocalPostgres.start();
        execute(
                "CREATE SCHEMA floodmark",
                "CREATE TABLE floodmark.log_head (position bigint) WITH (fillfactor = 90)",
                "CREATE TABLE floodmark.events (position bigint) PARTITION BY RANGE (position)",
                "CREATE TABLE floodmark.events_s00000000 PARTITION OF floodmark.events"
                        + " FOR VALUES FROM (1) TO (10)",
                "CREATE TABLE floodmark.events_s00000001 PARTITION OF floodmark.events"
                        + " FOR VALUES FROM (10) TO (20) WITH (autovacuum_freeze_min_age = 0)",
                "CREATE TABLE events (event_type text, payload jsonb, metadata jsonb)",
                "CREATE INDEX types ON events (event_type)",
                "CREATE INDEX payloads ON events USING gin (payload) WITH (fastupdate = off)",
                "CREATE INDEX metadatas ON events USING gin (metadata)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() throws SQLException {
        execute("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()", "SELECT pg_sleep(0.2)");
    }

    private static void execute(String... commands) throws SQLException {
        try (Connection session = connect();
                Statement statement = session.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), server.password());
    }

    private static List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection session = connect();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private static TunedServer open() {
        return TunedServer.open(ServerTest::connect, StoreNames.defaults());
    }

    private static Advice advice(TunedServer tuned) {
        return Advisor.compare(TuningFacts.of(Role.PRIMARY, 2 * GIBIBYTE, 2), tuned.profile());
    }

    private static Outcome.Result result(List<Outcome> outcomes, String what) {
        return outcomes.stream()
                .filter(outcome -> outcome.change().what().equals(what))
                .map(Outcome::result)
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Rules {

        @Test
        void every_rule_names_a_setting_that_exists_and_knows_what_a_change_needs() {
            try (TunedServer tuned = open()) {
                Map<String, PresentSetting> present = tuned.profile().settings();

                for (Rule rule : TuningRules.ALL) {
                    assertThat(present).as(rule.setting()).containsKey(rule.setting());
                    assertThat(present.get(rule.setting()))
                            .extracting(PresentSetting::activation)
                            .as(rule.setting())
                            .isEqualTo(rule.activation());
                }
            }
        }

        @Test
        void doubtful_settings_and_indexes_are_seen() throws SQLException {
            execute(
                    "ALTER SYSTEM SET enable_seqscan = off",
                    "ALTER SYSTEM SET autovacuum_vacuum_scale_factor = 0.8",
                    "SELECT pg_reload_conf()",
                    "SELECT pg_sleep(0.2)");
            try (TunedServer tuned = open()) {
                List<List<String>> seen =
                        advice(tuned).doubts().stream()
                                .map(Advice.DoubtLine::seen)
                                .filter(it -> !it.isEmpty())
                                .toList();

                assertThat(seen)
                        .containsExactly(
                                List.of("enable_seqscan = off"),
                                List.of("autovacuum_vacuum_scale_factor = 0.8"),
                                List.of("metadatas"),
                                List.of("metadatas"),
                                List.of("types"));
            }
        }
    }

    @Nested
    class Apply {

        @Test
        void everything_that_differs_is_set_and_revert_leaves_no_trace() throws SQLException {
            execute("ALTER SYSTEM SET max_wal_size = '1GB'", "SELECT pg_reload_conf()");
            List<String> settings = settled();
            List<String> altered = column(ALTERED);
            List<String> options = column(OPTIONS);
            Path saved = folder.resolve("saved");

            try (TunedServer tuned = open()) {
                List<Outcome> outcomes = tuned.apply(tuned.plan(advice(tuned), Set.of()), saved);

                assertThat(result(outcomes, "max_wal_size"))
                        .isEqualTo(new Outcome.Result.InForce());
                assertThat(result(outcomes, "shared_buffers"))
                        .isInstanceOfAny(
                                Outcome.Result.InForce.class, Outcome.Result.AfterRestart.class);
                assertThat(result(outcomes, "max_locks_per_transaction"))
                        .isEqualTo(new Outcome.Result.AfterRestart());
                assertThat(column("SHOW max_wal_size")).containsExactly("4GB");
                assertThat(saved).exists();
                Advice after = advice(tuned);
                assertThat(after.settings())
                        .noneMatch(line -> line.standing() instanceof Advice.Standing.Differs);
                assertThat(after.tables()).allMatch(line -> line.differing().isEmpty());
                assertThat(after.tables()).hasSize(8);
            }
            try (TunedServer tuned = open()) {
                assertThat(tuned.revert(saved))
                        .extracting(Outcome::result)
                        .allMatch(Outcome.Result.Restored.class::isInstance);
            }

            assertThat(saved).doesNotExist();
            assertThat(column(ALTERED)).isEqualTo(altered);
            assertThat(column(OPTIONS)).isEqualTo(options);
            assertThat(settled()).isEqualTo(settings);
        }

        @Test
        void restart_puts_the_rest_in_force() throws SQLException {
            try (LocalPostgres own = LocalPostgres.start()) {
                Connections connections =
                        () -> DriverManager.getConnection(own.url(), own.user(), own.password());
                Path saved = folder.resolve("own");
                try (TunedServer tuned = TunedServer.open(connections, StoreNames.defaults())) {
                    tuned.apply(tuned.plan(advice(tuned), Set.of()), saved);
                }

                own.restart();

                try (TunedServer tuned = TunedServer.open(connections, StoreNames.defaults())) {
                    assertThat(advice(tuned).settings())
                            .allMatch(line -> line.standing() instanceof Advice.Standing.Fine);
                    assertThat(result(tuned.revert(saved), "max_locks_per_transaction"))
                            .isEqualTo(new Outcome.Result.AfterRestart());
                }
            }
        }

        @Test
        void skipped_settings_are_left_alone() {
            try (TunedServer tuned = open()) {
                assertThat(tuned.plan(advice(tuned), Set.of("max_wal_size", "fillfactor")))
                        .extracting(Change::what)
                        .contains("random_page_cost")
                        .doesNotContain("max_wal_size", "fillfactor of floodmark.log_head");
            }
        }

        @Test
        void setting_that_the_database_overrides_is_told() throws SQLException {
            execute("ALTER DATABASE postgres SET jit = on");
            try (TunedServer tuned = open()) {
                List<Outcome> outcomes =
                        tuned.apply(
                                List.of(new Change.SystemSetting("jit", "off", new Before.Unset())),
                                folder.resolve("jit"));

                assertThat(result(outcomes, "jit"))
                        .isEqualTo(new Outcome.Result.Overridden("database"));
            } finally {
                execute("ALTER DATABASE postgres RESET jit");
            }
        }

        @Test
        void second_apply_does_not_overwrite_what_the_first_one_saved() throws Exception {
            Path saved = Files.writeString(folder.resolve("twice"), "kept");
            try (TunedServer tuned = open()) {
                List<Change> changes = tuned.plan(advice(tuned), Set.of());

                assertThatThrownBy(() -> tuned.apply(changes, saved))
                        .isInstanceOf(TuningException.class)
                        .hasMessageContaining("--revert first");
            }
            assertThat(saved).hasContent("kept");
            assertThat(column(ALTERED)).isEmpty();
        }

        @Test
        void role_without_the_right_is_refused_before_anything_changes() throws SQLException {
            execute(
                    "DROP ROLE IF EXISTS reader",
                    "CREATE ROLE reader LOGIN PASSWORD 'reader' IN ROLE pg_read_all_settings");
            try (TunedServer tuned =
                    TunedServer.open(
                            () -> DriverManager.getConnection(server.url(), "reader", "reader"),
                            StoreNames.defaults())) {
                Advice advice = advice(tuned);

                assertThatThrownBy(() -> tuned.plan(advice, Set.of()))
                        .isInstanceOf(TuningException.class)
                        .hasMessageContaining("nothing is changed")
                        .hasMessageContaining("GRANT ALTER SYSTEM");
            }
        }

        /// All settings, once the server has read its files.
        private static List<String> settled() throws SQLException {
            execute("SELECT pg_reload_conf()", "SELECT pg_sleep(0.3)");
            return column(ALL_SETTINGS);
        }
    }

    @Nested
    class Revert {

        @Test
        void partial_failure_is_undone() throws SQLException {
            List<String> options = column(OPTIONS);
            Path saved = folder.resolve("partial");
            List<Change> changes =
                    List.of(
                            new Change.SystemSetting("jit", "off", new Before.Unset()),
                            new Change.TableParameter(
                                    "floodmark.log_head",
                                    "fillfactor",
                                    "10",
                                    new Before.Value("90")),
                            new Change.SystemSetting(
                                    "max_wal_size", "not a size", new Before.Unset()),
                            new Change.SystemSetting(
                                    "random_page_cost", "1.1", new Before.Unset()));
            try (TunedServer tuned = open()) {
                assertThatThrownBy(() -> tuned.apply(changes, saved))
                        .isInstanceOf(TuningException.class)
                        .hasMessageContaining("2 of 4 changes were made, then max_wal_size failed")
                        .hasMessageContaining("--revert");
                assertThat(column(ALTERED)).containsExactly("jit off");

                assertThat(tuned.revert(saved))
                        .extracting(Outcome::result)
                        .containsExactly(
                                new Outcome.Result.Restored(),
                                new Outcome.Result.Restored(),
                                new Outcome.Result.Unchanged(),
                                new Outcome.Result.Unchanged());
            }
            assertThat(column(ALTERED)).isEmpty();
            assertThat(column(OPTIONS)).isEqualTo(options);
            assertThat(saved).doesNotExist();
        }

        @Test
        void value_that_somebody_changed_since_is_left_alone() throws SQLException {
            Path saved = folder.resolve("since");
            try (TunedServer tuned = open()) {
                tuned.apply(
                        List.of(new Change.SystemSetting("jit", "off", new Before.Unset())), saved);
                execute("ALTER SYSTEM SET jit = on");

                assertThat(tuned.revert(saved))
                        .extracting(Outcome::result)
                        .containsExactly(new Outcome.Result.ChangedSince(new Before.Value("on")));
            }
            assertThat(column(ALTERED)).containsExactly("jit on");
            assertThat(saved).exists();
        }

        @Test
        void file_of_another_server_is_refused() {
            Path saved = folder.resolve("foreign");
            new SavedChanges(
                            new ServerIdentity("1", 5432, "other"),
                            List.of(new Change.SystemSetting("jit", "off", new Before.Unset())))
                    .write(saved);
            try (TunedServer tuned = open()) {
                assertThatThrownBy(() -> tuned.revert(saved))
                        .isInstanceOf(TuningException.class)
                        .hasMessageContaining("connect to the server that was changed");
            }
        }
    }

    @Nested
    class Replica {

        @Test
        void only_what_works_on_a_replica_is_changed_there_and_reverted() throws SQLException {
            try (LocalReplica replica = LocalReplica.start(server, "tuned");
                    TunedServer tuned =
                            TunedServer.open(
                                    () ->
                                            DriverManager.getConnection(
                                                    replica.url(),
                                                    server.user(),
                                                    server.password()),
                                    StoreNames.defaults())) {
                ServerProfile profile = tuned.profile();
                assertThat(profile.role()).isEqualTo(Role.REPLICA);
                Advice advice = Advisor.compare(TuningFacts.of(Role.REPLICA, GIBIBYTE, 2), profile);
                Path saved = folder.resolve("replica");

                List<Change> changes = tuned.plan(advice, Set.of());
                List<Outcome> outcomes = tuned.apply(changes, saved);

                assertThat(changes)
                        .extracting(Change::what)
                        .contains("max_standby_streaming_delay")
                        .noneMatch(what -> what.startsWith("autovacuum") || what.contains(" of "));
                assertThat(result(outcomes, "max_standby_streaming_delay"))
                        .isEqualTo(new Outcome.Result.InForce());
                assertThat(tuned.revert(saved))
                        .allMatch(it -> it.result() instanceof Outcome.Result.Restored);
            }
        }
    }
}
