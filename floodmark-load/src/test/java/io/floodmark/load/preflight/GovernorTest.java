package io.floodmark.load.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.postgres.Awaiting;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.TestServer;
import io.floodmark.load.postgres.TestServer.IdleSessions;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Files;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GovernorTest {

    private static final LocalPostgres SERVER = TestServer.start();
    private static final ConnectionTarget TARGET = TestServer.superuser(SERVER);
    private static final int USABLE =
            TestServer.MAX_CONNECTIONS - TestServer.SUPERUSER_RESERVED - TestServer.RESERVED;

    @AfterAll
    static void close_the_server() {
        SERVER.close();
    }

    @BeforeEach
    void nobody_else_is_connected() throws Exception {
        TestServer.awaitNoClients(TARGET);
    }

    @Test
    void quiet_server_is_steady_and_its_counts_are_gauges() throws Exception {
        try (Governor governor = governor(10, 5)) {
            assertThat(governor.tick()).isInstanceOf(GovernorOutcome.Steady.class);
            // The connection that saw nobody else may itself take a moment to be gone.
            Awaiting.until("only the monitor is counted", () -> monitorAlone(governor));
            assertThat(governor.gauges())
                    .containsEntry("server_free_connections", USABLE - 1L)
                    .containsKey("server_disk_free_bytes");
        }
    }

    private static boolean monitorAlone(Governor governor) {
        governor.tick();
        return governor.gauges().getOrDefault("server_connections", 0L) == 1;
    }

    @Test
    void backs_off_before_the_slots_are_gone_and_recovers() throws Exception {
        try (Governor governor = governor(15, 5)) {
            try (var _ = new IdleSessions(TARGET, 10)) {
                // 25 usable, 1 monitor, 10 of others: 14 are free, 9 of them beyond the minimum.
                assertThat(governor.tick())
                        .isEqualTo(
                                new GovernorOutcome.BackOff(
                                        "30 max − 3 superuser − 2 reserved − 11 in use = 14; at least 5 must stay free",
                                        9));
            }

            Awaiting.until("it is steady", () -> governor.tick() instanceof GovernorOutcome.Steady);
        }
    }

    @Test
    void stops_when_backing_off_does_not_help() throws Exception {
        try (Governor governor = governor(10, 5);
                var _ = new IdleSessions(TARGET, USABLE - 3)) {
            for (int tick = 1; tick <= 5; tick++) {
                assertThat(governor.tick())
                        .isInstanceOfSatisfying(
                                GovernorOutcome.BackOff.class,
                                backOff -> assertThat(backOff.allowedPoolSize()).isEqualTo(1));
            }

            assertThat(governor.tick())
                    .isInstanceOfSatisfying(
                            GovernorOutcome.Stop.class,
                            stop ->
                                    assertThat(stop.reason())
                                            .contains("= 2; at least 5 must stay free")
                                            .contains("5 ticks of backing off did not help"));
        }
    }

    @Test
    void stops_when_the_disk_runs_full() {
        GovernorPlan greedy = new GovernorPlan(5, 1, Long.MAX_VALUE - 1, 5);
        try (Governor governor = Governor.start(TARGET, greedy, () -> 0, System::nanoTime)) {
            assertThat(governor.tick())
                    .isInstanceOfSatisfying(
                            GovernorOutcome.Stop.class,
                            stop -> assertThat(stop.reason()).contains("disk has", "less than"));
        }
    }

    @Test
    void full_server_that_refuses_the_monitor_counts_as_starving() throws Exception {
        TestServer.execute(TARGET, "CREATE ROLE watcher LOGIN CONNECTION LIMIT 1 PASSWORD 'w'");
        ConnectionTarget watcher =
                ConnectionTarget.of(
                        TARGET.host(),
                        TARGET.port(),
                        TARGET.database(),
                        "watcher",
                        io.floodmark.load.postgres.Password.of("w"));
        try (Governor governor =
                Governor.start(watcher, GovernorPlan.of(10, 5), () -> 7, System::nanoTime)) {
            TestServer.execute(
                    TARGET,
                    "ALTER ROLE watcher CONNECTION LIMIT 0",
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE usename = 'watcher'
                    """);

            Awaiting.until(
                    "it backs off",
                    () ->
                            governor.tick() instanceof GovernorOutcome.BackOff backOff
                                    && backOff.allowedPoolSize() == 2);
        }
    }

    @Test
    void survives_a_restart_of_the_server() throws Exception {
        try (Governor governor = governor(10, 5)) {
            SERVER.stop();
            assertThat(governor.tick()).isInstanceOf(GovernorOutcome.Blind.class);
            assertThat(governor.gauges()).isEmpty();
            Awaiting.until(
                    "it knows why",
                    () ->
                            governor.tick() instanceof GovernorOutcome.Blind(String reason)
                                    && reason.contains("nothing listens on port"));

            SERVER.restart();

            Awaiting.until(
                    "it sees again", () -> governor.tick() instanceof GovernorOutcome.Steady);
        }
    }

    @Test
    void frozen_server_makes_it_blind_for_a_while() throws Exception {
        try (Governor governor = governor(10, 5)) {
            SERVER.faults().freeze();
            try {
                assertThat(governor.tick()).isInstanceOf(GovernorOutcome.Blind.class);
                assertThat(governor.tick()).isInstanceOf(GovernorOutcome.Blind.class);
            } finally {
                SERVER.faults().thaw();
            }

            Awaiting.until(
                    "it sees again", () -> governor.tick() instanceof GovernorOutcome.Steady);
        }
    }

    @Test
    void governor_of_an_unreachable_server_does_not_start() {
        ConnectionTarget nowhere =
                ConnectionTarget.of(
                        "no-such-host.invalid",
                        TARGET.port(),
                        TARGET.database(),
                        TARGET.user(),
                        TARGET.password());

        assertThatThrownBy(() ->
                        Governor.start(nowhere, GovernorPlan.of(1, 1), () -> 0, System::nanoTime))
                .isInstanceOf(ConnectionFailure.class);
    }

    @Test
    void standby_is_refused_by_the_preflight() throws Exception {
        PreflightPlan plan =
                new PreflightPlan(
                        1,
                        1,
                        1,
                        OptionalLong.empty(),
                        new OwnObject.Table("loads"),
                        Duration.ofSeconds(1),
                        true,
                        true,
                        AfterRun.DROP);
        try (LocalPostgres standby = TestServer.start()) {
            standby.stop();
            Files.createFile(standby.dataDirectory().resolve("standby.signal"));
            standby.restart();

            PreflightReport report = Preflight.check(TestServer.superuser(standby), plan);

            assertThat(report.refused()).isTrue();
            assertThat(report.toText()).contains("the server is a replica (in recovery)");
        }
    }

    private static Governor governor(int poolMax, int minFree) {
        return Governor.start(TARGET, GovernorPlan.of(poolMax, minFree), () -> 0, System::nanoTime);
    }
}
