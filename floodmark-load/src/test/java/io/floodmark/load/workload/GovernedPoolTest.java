package io.floodmark.load.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.config.Mix;
import io.floodmark.load.config.ReadFrom;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.config.Skew;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.postgres.Awaiting;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.postgres.ServerSession;
import io.floodmark.load.postgres.SessionFactory;
import io.floodmark.load.postgres.TestServer;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.time.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A pool whose governor cannot start, or breaks.
final class GovernedPoolTest {

    private static final int SESSIONS = 3;

    private final RunControl control = new RunControl();

    private static RunConfig.Data data() {
        return new RunConfig.Data(
                "t", 1, 1, new Mix(Map.of("insert", 100)), 1, AfterRun.DROP_UNLESS_KEPT);
    }

    private static RunConfig.Ingest ingest() {
        return new RunConfig.Ingest(
                new Mix(Map.of("single", 100)),
                Optional.empty(),
                Password.none(),
                new RunConfig.Traffic(1, 1, new Skew.Uniform(), 0, false, Duration.ofSeconds(1)),
                "s",
                Optional.empty(),
                AfterRun.DROP_UNLESS_KEPT);
    }

    private WorkloadContext context(ConnectionTarget target, TimeSource time) {
        RunConfig config =
                new RunConfig(
                        Optional.empty(),
                        new RunConfig.Pool(SESSIONS, SESSIONS, 0),
                        new RunConfig.Load(
                                "table",
                                1,
                                "poisson",
                                Duration.ofSeconds(1),
                                SESSIONS,
                                1,
                                QueuePolicy.REJECT,
                                Optional.empty(),
                                1,
                                false),
                        data(),
                        new RunConfig.Events(
                                new Mix(Map.of("read", 100)),
                                new RunConfig.Library(1, 1, 1),
                                new RunConfig.Contention(0, 1, 0),
                                ReadFrom.PRIMARY,
                                Optional.empty(),
                                "s",
                                AfterRun.DROP_UNLESS_KEPT),
                        ingest(),
                        new RunConfig.Output(
                                Path.of("runs"), List.of(), false, Duration.ofSeconds(1)),
                        false);
        return new WorkloadContext(
                config,
                Optional.of(target),
                Optional.empty(),
                "r1",
                time,
                control,
                ServiceStarter.none());
    }

    private record Sessions(ConnectionTarget target) implements SessionFactory<ServerSession> {

        @Override
        public ServerSession open() throws SQLException {
            return new ServerSession(TestServer.connect(target), ServerSession.DEFAULT_GRACE);
        }

        @Override
        public void abort(ServerSession session) {
            session.abort();
        }
    }

    @Test
    void warm_sessions_are_closed_when_the_governor_finds_no_room() throws Exception {
        ConnectionTarget target = TestServer.freshDatabase();
        TestServer.execute(
                TestServer.superuser(),
                "ALTER ROLE %s CONNECTION LIMIT %d".formatted(target.user(), SESSIONS));

        assertThatThrownBy(() ->
                        GovernedPool.open(
                                context(target, SystemTime.INSTANCE), new Sessions(target)))
                .isInstanceOf(ConnectionFailure.class);

        try (Connection watcher = TestServer.connect(TestServer.superuser())) {
            String left =
                    "SELECT count(*) FROM pg_stat_activity WHERE usename = '%s'"
                            .formatted(target.user());
            Awaiting.until(
                    "the sessions are gone", () -> "0".equals(TestServer.text(watcher, left)));
        }
    }

    @Test
    void governor_that_breaks_ends_the_run_with_its_cause() throws Exception {
        ConnectionTarget target = TestServer.superuser();
        TimeSource broken =
                new TimeSource() {
                    @Override
                    public long nanos() {
                        return SystemTime.INSTANCE.nanos();
                    }

                    @Override
                    public void parkUntil(long deadlineNanos) {
                        throw new IllegalStateException("no clock");
                    }
                };

        try (var _ = GovernedPool.open(context(target, broken), new Sessions(target))) {
            Awaiting.until("the run is stopped", () -> control.requested().isPresent());

            assertThat(control.requested().orElseThrow().toString())
                    .contains("the governor broke down", "no clock");
        }
    }
}
