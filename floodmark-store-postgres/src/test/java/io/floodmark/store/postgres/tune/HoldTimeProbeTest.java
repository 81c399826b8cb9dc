package io.floodmark.store.postgres.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.postgres.tune.HoldTimeProbe.Measured;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class HoldTimeProbeTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private static LocalPostgres server;

    @BeforeAll
    static void start() {
        server = LocalPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HoldTimeProbe probe(Role role) {
        return new HoldTimeProbe(
                () -> DriverManager.getConnection(server.url(), server.user(), server.password()),
                role,
                System::nanoTime);
    }

    @Test
    void rate_times_hold_time_is_the_number_of_sessions() {
        Measured measured = probe(Role.PRIMARY).measure(3, SHORT);

        assertThat(measured.operation()).isEqualTo("durable commit");
        double busy = measured.perSecond() * measured.mean().toNanos() / 1e9;
        assertThat(busy).isCloseTo(3, within(0.01));
        assertThat(measured.p99()).isGreaterThanOrEqualTo(measured.mean().dividedBy(2));
    }

    @Test
    void commits_of_the_probe_reach_the_log_and_no_table() throws SQLException {
        try (var session =
                        DriverManager.getConnection(
                                server.url(), server.user(), server.password());
                var statement = session.createStatement()) {
            String written = "SELECT pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint";
            long before = number(statement, written);

            probe(Role.PRIMARY).measure(1, SHORT);

            assertThat(number(statement, written)).isGreaterThan(before + 1_000);
            assertThat(number(statement, "SELECT count(*) FROM pg_stat_user_tables")).isZero();
        }
    }

    private static long number(java.sql.Statement statement, String query) throws SQLException {
        try (var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void replicas_are_probed_without_writing() {
        assertThat(probe(Role.REPLICA).measure(1, SHORT).operation()).isEqualTo("round trip");
    }

    @Test
    void failure_to_connect_is_told_as_such() {
        HoldTimeProbe probe =
                new HoldTimeProbe(
                        () -> {
                            throw new SQLException("refused here", "53300");
                        },
                        Role.PRIMARY,
                        System::nanoTime);

        assertThatThrownBy(() -> probe.measure(2, SHORT))
                .isInstanceOf(TuningException.class)
                .hasMessageContaining("refused here");
        assertThatThrownBy(() -> probe.measure(0, SHORT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
