package io.floodmark.load.preflight;

import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.SqlFailures;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// The watch over the server during a run: repeats the preflight's counting at each tick and says
/// whether the pool must give connections back, or the run must end.
///
/// The pool may hold what it holds now plus what is free beyond the minimum; when that is less than
/// the full pool the outcome is to back off, before the slots are gone. Only when the minimum stays
/// violated for [GovernorPlan#starvedTicksMax()] ticks, although we backed off, must the run stop:
/// then others take what we leave.
///
/// *Threads.* [#tick()] is called by one thread, not a worker's, about once a second; it never
/// waits to reconnect, and no answer of the server longer than half a second, after which it is
/// blind. [#gauges()] may be read by any thread.
public final class Governor implements AutoCloseable {

    private static final String READ_REPLICAS =
            """
            SELECT count(*)::int,
                   max(pg_wal_lsn_diff(
                       CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                            ELSE pg_current_wal_lsn() END, r.replay_lsn))::bigint
              FROM pg_stat_replication r
            """;

    private final MonitorLink link;
    private final GovernorPlan plan;
    private final IntSupplier poolOpen;
    private int starvedTicks;
    private volatile Map<String, Long> gauges = Map.of();

    private Governor(MonitorLink link, GovernorPlan plan, IntSupplier poolOpen) {
        this.link = link;
        this.plan = plan;
        this.poolOpen = poolOpen;
    }

    /// Opens the monitor connection and starts the watch.
    ///
    /// `poolOpen` tells how many connections the run's pools hold; `nanoClock` counts as
    /// [System#nanoTime()] does.
    ///
    /// @throws ConnectionFailure when the server cannot be reached
    public static Governor start(
            ConnectionTarget target,
            GovernorPlan plan,
            IntSupplier poolOpen,
            LongSupplier nanoClock) {
        return new Governor(MonitorLink.open(target, nanoClock), plan, poolOpen);
    }

    /// Looks at the server once.
    public GovernorOutcome tick() {
        return switch (link.current()) {
            case MonitorLink.Up up -> look(up);
            case MonitorLink.Opening(String reason) -> blind(reason);
            case MonitorLink.Down down -> unreachable(down);
        };
    }

    private GovernorOutcome look(MonitorLink.Up up) {
        try {
            SlotUse use = SlotUse.read(up.connection()).monitored();
            ServerCounts counts = counts(up, use);
            gauges = counts.gauges();
            return judge(use, counts);
        } catch (SQLException e) {
            String reason = ConnectionFailure.of(link.target(), e).sentence();
            if (SqlFailures.isConnectionLost(e)) {
                link.lost(reason);
            }
            return blind(reason);
        }
    }

    private ServerCounts counts(MonitorLink.Up up, SlotUse use) throws SQLException {
        try (PreparedStatement statement = up.connection().prepareStatement(READ_REPLICAS);
                ResultSet row = statement.executeQuery()) {
            row.next();
            int replicas = row.getInt(1);
            long lag = row.getLong(2);
            return new ServerCounts(
                    use.inUse(),
                    Math.max(0, use.headroom()),
                    replicas,
                    row.wasNull() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, lag)),
                    diskFree(up.directory()));
        }
    }

    private static OptionalLong diskFree(DataDirectory directory) {
        return switch (directory) {
            case DataDirectory.Hidden _ -> OptionalLong.empty();
            case DataDirectory.Visible visible -> diskFree(visible);
        };
    }

    private static OptionalLong diskFree(DataDirectory.Visible directory) {
        try {
            return OptionalLong.of(directory.freeBytes());
        } catch (IOException e) {
            // The directory went away from our sight; the server itself tells its own story.
            return OptionalLong.empty();
        }
    }

    private GovernorOutcome judge(SlotUse use, ServerCounts counts) {
        long disk = counts.diskFreeBytes().orElse(Long.MAX_VALUE);
        if (disk < plan.diskFloorBytes()) {
            return new GovernorOutcome.Stop(
                    "the server's disk has %s free, less than %s"
                            .formatted(Numbers.bytes(disk), Numbers.bytes(plan.diskFloorBytes())));
        }
        int allowed = poolOpen.getAsInt() + use.headroom() - plan.minFree();
        if (allowed >= plan.poolMax()) {
            starvedTicks = 0;
            return new GovernorOutcome.Steady(counts);
        }
        String arithmetic =
                "%s; at least %d must stay free".formatted(use.arithmetic(), plan.minFree());
        return use.headroom() < plan.minFree()
                ? starved(arithmetic, allowed)
                : fed(arithmetic, allowed);
    }

    private GovernorOutcome fed(String arithmetic, int allowed) {
        starvedTicks = 0;
        return new GovernorOutcome.BackOff(arithmetic, Math.max(1, allowed));
    }

    private GovernorOutcome starved(String arithmetic, int allowed) {
        starvedTicks++;
        return starvedTicks > plan.starvedTicksMax()
                ? new GovernorOutcome.Stop(
                        "%s, and %d ticks of backing off did not help"
                                .formatted(arithmetic, plan.starvedTicksMax()))
                : new GovernorOutcome.BackOff(arithmetic, Math.max(1, allowed));
    }

    /// A server that has no slot for the monitor has none for others either.
    private GovernorOutcome unreachable(MonitorLink.Down down) {
        if (down.kind() != ConnectionFailure.Kind.TOO_MANY_CONNECTIONS) {
            return blind(down.reason());
        }
        return starved(down.reason(), poolOpen.getAsInt() - plan.minFree());
    }

    private GovernorOutcome blind(String reason) {
        gauges = Map.of();
        return new GovernorOutcome.Blind(reason);
    }

    /// The latest counts by gauge name; empty when the server could not be seen.
    public Map<String, Long> gauges() {
        return gauges;
    }

    @Override
    public void close() {
        link.close();
    }
}
