package io.floodmark.load.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.postgres.SslMode;
import io.floodmark.load.postgres.TestServer;
import io.floodmark.load.postgres.TestServer.IdleSessions;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PreflightTest {

    private static final PreflightPlan PLAN =
            new PreflightPlan(
                    10,
                    1,
                    5,
                    OptionalLong.of(1_000),
                    new OwnObject.Table("loads"),
                    Duration.ofSeconds(1),
                    false,
                    false,
                    AfterRun.DROP_UNLESS_KEPT);

    private ConnectionTarget app =
            ConnectionTarget.of("unset", 1, "unset", "unset", Password.none());

    @BeforeEach
    void empty_server_and_fresh_database() throws Exception {
        TestServer.awaitNoClients(TestServer.superuser());
        app = TestServer.freshDatabase();
    }

    @Test
    void empty_database_of_our_own_is_safe() {
        PreflightReport report = Preflight.check(app, PLAN);

        assertThat(report.refused()).as(report.toText()).isFalse();
        assertThat(report.with(Outcome.WARN)).as(report.toText()).isEmpty();
        assertThat(report.toText())
                .contains(app.describe() + ": safe to run")
                .doesNotContain(app.password().reveal());
    }

    @Test
    void unreachable_server_is_a_connection_failure() {
        ConnectionTarget wrong =
                ConnectionTarget.of(
                        app.host(), app.port(), app.database(), app.user(), Password.of("nope"));

        assertThatThrownBy(() -> Preflight.check(wrong, PLAN))
                .isInstanceOf(ConnectionFailure.class)
                .hasMessageContaining("is wrong");
    }

    @Test
    void table_name_that_is_no_name_is_refused_before_the_server_sees_it() {
        assertThatThrownBy(() -> plan(1, "loads; drop table x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'loads; drop table x' is not an SQL name");
    }

    @Nested
    final class Connections {

        @Test
        void idle_sessions_fill_the_slots() throws Exception {
            try (var _ = new IdleSessions(app, 12)) {
                Check check = check(Preflight.check(app, PLAN), "connections");

                assertThat(check.outcome()).isEqualTo(Outcome.REFUSE);
                assertThat(check.sentence())
                        .isEqualTo(
                                "30 max − 3 superuser − 2 reserved − 12 in use = 13; 10 wanted + 1 monitor leaves 2, at least 5 must stay free");
                assertThat(check.whatNext())
                        .startsWith("lower --max-connections (DB_MAX_OPEN_CONNS) to 7, ");
            }
        }

        @Test
        void reserved_slots_are_not_ours() {
            assertThat(check(Preflight.check(app, plan(19, "loads")), "connections").outcome())
                    .isEqualTo(Outcome.PASS);
            Check check = check(Preflight.check(app, plan(20, "loads")), "connections");

            assertThat(check.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(check.sentence())
                    .startsWith("30 max − 3 superuser − 2 reserved − 0 in use = 25")
                    .contains("leaves 4, at least 5");
        }

        @Test
        void role_that_sees_nothing_still_counts_the_sessions_of_others() throws Exception {
            try (var _ = new IdleSessions(TestServer.superuser(), 14)) {
                Check check = check(Preflight.check(app, PLAN), "connections");

                assertThat(check.outcome()).isEqualTo(Outcome.REFUSE);
                assertThat(check.sentence())
                        .contains("− 14 in use = 11; 10 wanted")
                        .contains("may not see what 14 of the sessions are")
                        .contains("pg_read_all_stats");
            }
        }

        @Test
        void role_limit_is_kept() throws Exception {
            admin("ALTER ROLE %s CONNECTION LIMIT 8".formatted(app.user()));

            Check check = check(Preflight.check(app, PLAN), "role limit");

            assertThat(check.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(check.sentence())
                    .isEqualTo(
                            "role '%s': limit 8 − 0 in use = 8; 10 wanted + 1 monitor leaves −3"
                                    .formatted(app.user()));
        }

        @Test
        void database_limit_is_kept() throws Exception {
            admin("ALTER DATABASE %s CONNECTION LIMIT 12".formatted(app.database()));
            try (var _ = new IdleSessions(app, 4)) {
                Check check = check(Preflight.check(app, PLAN), "database limit");

                assertThat(check.outcome()).isEqualTo(Outcome.REFUSE);
                assertThat(check.sentence())
                        .contains("limit 12 − 4 in use = 8; 10 wanted + 1 monitor leaves −3");
            }
        }
    }

    @Nested
    final class Target {

        @Test
        void read_only_role_is_refused() throws Exception {
            admin("ALTER ROLE %s SET default_transaction_read_only = on".formatted(app.user()));

            Check check = check(Preflight.check(app, PLAN), "writable");

            assertThat(check.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(check.sentence()).contains("transactions are read-only");
        }

        @Test
        void pooler_is_noticed_by_its_process_id() throws Exception {
            try (FakePooler pooler = new FakePooler(app.port(), true)) {
                Check check = check(Preflight.check(through(pooler), PLAN), "pooler");

                assertThat(check.outcome()).isEqualTo(Outcome.WARN);
                assertThat(check.sentence())
                        .startsWith("a pooler sits between: it gave us process id")
                        .contains("prepared statements, cancel requests");
            }
        }

        @Test
        void forwarded_port_is_noticed() throws Exception {
            try (FakePooler pooler = new FakePooler(app.port(), false)) {
                Check check = check(Preflight.check(through(pooler), PLAN), "pooler");

                assertThat(check.outcome()).isEqualTo(Outcome.WARN);
                assertThat(check.sentence())
                        .startsWith(
                                "we connected to port %d and the server listens on port %d"
                                        .formatted(pooler.port(), app.port()));
            }
        }

        private ConnectionTarget through(FakePooler pooler) {
            return new ConnectionTarget(
                    app.host(),
                    pooler.port(),
                    app.database(),
                    app.user(),
                    app.password(),
                    SslMode.DISABLE,
                    app.applicationName());
        }
    }

    @Nested
    final class Database {

        @Test
        void tables_of_others_need_a_confirmation() throws Exception {
            TestServer.execute(
                    app, "CREATE TABLE orders (id int)", "CREATE TABLE customers (id int)");

            Check check = check(Preflight.check(app, PLAN), "other tables");
            assertThat(check.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(check.sentence())
                    .contains("holds 2 tables of others: public.customers, public.orders");
            assertThat(check.whatNext()).contains("--yes");

            assertThat(Preflight.check(app, confirmed(true, false)).refused()).isFalse();
            assertThat(Preflight.check(app, confirmed(false, true)).refused()).isFalse();
        }

        @Test
        void other_applications_need_a_confirmation() throws Exception {
            ConnectionTarget billing =
                    new ConnectionTarget(
                            app.host(),
                            app.port(),
                            app.database(),
                            app.user(),
                            app.password(),
                            SslMode.PREFER,
                            "billing");
            try (var _ = new IdleSessions(billing, 2)) {
                Check check = check(Preflight.check(app, PLAN), "other applications");

                assertThat(check.outcome()).isEqualTo(Outcome.REFUSE);
                assertThat(check.sentence())
                        .contains("2 sessions of other applications")
                        .endsWith("billing (2)");
                assertThat(Preflight.check(app, confirmed(true, false)).refused()).isFalse();
            }
        }

        @Test
        void foreign_table_with_our_name_is_refused_whatever_the_user_confirms() throws Exception {
            TestServer.execute(app, "CREATE TABLE loads (id int)");

            Check check = check(Preflight.check(app, confirmed(true, true)), "own table");

            assertThat(check.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(check.sentence()).contains("'loads' exists and is not ours");
        }

        @Test
        void table_of_an_earlier_run_is_ours() throws Exception {
            TestServer.execute(
                    app,
                    "CREATE TABLE loads (id int)",
                    "COMMENT ON TABLE loads IS '%s, seed 7'".formatted(Preflight.TABLE_MARKER));

            PreflightReport report = Preflight.check(app, PLAN);

            assertThat(report.refused()).as(report.toText()).isFalse();
            assertThat(check(report, "own table").sentence()).contains("created by a load run");
        }

        @Test
        void table_that_was_kept_is_used_only_by_a_run_that_says_what_becomes_of_it()
                throws Exception {
            TestServer.execute(
                    app,
                    "CREATE TABLE loads (id int)",
                    "COMMENT ON TABLE loads IS '%s'".formatted(Preflight.KEPT_MARKER));

            Check silent = check(Preflight.check(app, PLAN), "own table");

            assertThat(silent.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(silent.sentence()).contains("'loads' was kept by an earlier run");
            assertThat(silent.whatNext()).contains("--keep", "--drop", "--table (TABLE_NAME)");
            assertThat(Preflight.check(app, saying(AfterRun.KEEP)).refused()).isFalse();
            assertThat(Preflight.check(app, saying(AfterRun.DROP)).refused()).isFalse();
        }

        private static PreflightPlan saying(AfterRun afterRun) {
            return new PreflightPlan(
                    10,
                    1,
                    5,
                    OptionalLong.empty(),
                    new OwnObject.Table("loads"),
                    Duration.ofSeconds(1),
                    false,
                    false,
                    afterRun);
        }

        @Test
        void role_without_the_right_to_create_is_refused() throws Exception {
            admin("CREATE SCHEMA private_%s".formatted(app.user()));
            ConnectionTarget elsewhere =
                    ConnectionTarget.of(
                            app.host(), app.port(), "postgres", app.user(), app.password());

            Check create =
                    check(
                            Preflight.check(
                                    elsewhere, plan(1, "private_%s.loads".formatted(app.user()))),
                            "privilege");
            Check missing = check(Preflight.check(app, plan(1, "no_schema.loads")), "privilege");

            assertThat(create.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(create.sentence()).contains("may not even look for");
            assertThat(missing.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(missing.sentence()).contains("no schema 'no_schema'");
            Check publicSchema = check(Preflight.check(elsewhere, PLAN), "privilege");
            assertThat(publicSchema.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(publicSchema.whatNext()).startsWith("GRANT CREATE ON SCHEMA public TO");
        }
    }

    @Nested
    final class Server {

        @Test
        void disk_of_a_server_on_this_machine_is_seen_and_must_suffice() {
            PreflightPlan enormous =
                    new PreflightPlan(
                            1,
                            1,
                            0,
                            OptionalLong.of(1L << 60),
                            new OwnObject.Table("loads"),
                            Duration.ZERO,
                            true,
                            true,
                            AfterRun.DROP_UNLESS_KEPT);

            Check enough = check(Preflight.check(TestServer.superuser(), PLAN), "disk");
            Check low = check(Preflight.check(TestServer.superuser(), enormous), "disk");

            assertThat(enough.sentence()).contains("1000 B planned × 3 (rows, indexes, WAL)");
            assertThat(low.outcome()).isEqualTo(Outcome.REFUSE);
            assertThat(low.sentence()).contains("1.0 EiB planned × 3", "= 3.0 EiB", "must stay");
        }

        @Test
        void disk_is_unknown_to_a_role_that_may_not_see_it() {
            Check check = check(Preflight.check(app, PLAN), "disk");

            assertThat(check.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(check.sentence()).contains("pg_read_all_settings");
        }

        @Test
        void forgotten_replication_slot_is_a_warning() throws Exception {
            admin("SELECT pg_create_physical_replication_slot('forgotten', true)");
            try {
                Check check = check(Preflight.check(app, PLAN), "replication slots");

                assertThat(check.outcome()).isEqualTo(Outcome.WARN);
                assertThat(check.sentence())
                        .startsWith("1 replication slots, 1 of them inactive")
                        .contains("no bound");
            } finally {
                admin("SELECT pg_drop_replication_slot('forgotten')");
            }
        }

        @Test
        void settings_that_bend_the_result_are_warnings() throws Exception {
            admin(
                    "ALTER ROLE %s SET synchronous_commit = off".formatted(app.user()),
                    "ALTER ROLE %s SET statement_timeout = '250ms'".formatted(app.user()));

            PreflightReport report = Preflight.check(app, PLAN);

            assertThat(check(report, "durability").sentence())
                    .contains("durability is off (synchronous_commit = off)");
            assertThat(check(report, "statement timeout").sentence())
                    .startsWith("statement_timeout is 250 ms, the deadline 1000 ms");
            assertThat(report.with(Outcome.WARN)).as(report.toText()).hasSize(2);
            assertThat(report.refused()).isFalse();
        }
    }

    private static PreflightPlan plan(int poolMax, String table) {
        return new PreflightPlan(
                poolMax,
                1,
                5,
                OptionalLong.empty(),
                new OwnObject.Table(table),
                Duration.ofSeconds(1),
                false,
                false,
                AfterRun.DROP_UNLESS_KEPT);
    }

    private static PreflightPlan confirmed(boolean confirmed, boolean ownServer) {
        return new PreflightPlan(
                10,
                1,
                5,
                OptionalLong.empty(),
                new OwnObject.Table("loads"),
                Duration.ofSeconds(1),
                confirmed,
                ownServer,
                AfterRun.DROP_UNLESS_KEPT);
    }

    private static Check check(PreflightReport report, String name) {
        return report.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void admin(String... statements) throws Exception {
        TestServer.execute(TestServer.superuser(), statements);
    }
}
