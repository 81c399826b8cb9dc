package io.floodmark.load.workload;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.postgres.PoolBounds;
import io.floodmark.load.postgres.PoolStats;
import io.floodmark.load.postgres.SessionFactory;
import io.floodmark.load.postgres.SessionPool;
import io.floodmark.load.preflight.Governor;
import io.floodmark.load.preflight.GovernorOutcome;
import io.floodmark.load.preflight.GovernorPlan;
import io.floodmark.load.time.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// A session pool under a [Governor]: a thread looks at the server once a second and shrinks the
/// pool, or ends the run, when others would have to go without.
///
/// *Threads.* Any.
///
/// @param <S> the session
public final class GovernedPool<S extends AutoCloseable> implements AutoCloseable {

    private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration WARM_UP_MAX = Duration.ofSeconds(30);

    private final SessionPool<S> sessions;
    private final int poolMax;
    private final Governor governor;
    private final RunControl control;
    private final TimeSource time;
    private final AtomicBoolean closed = new AtomicBoolean();
    private int allowed;

    private GovernedPool(
            WorkloadContext context, SessionPool<S> sessions, Governor governor, int poolMax) {
        this.sessions = sessions;
        this.governor = governor;
        this.control = context.control();
        this.time = context.time();
        this.poolMax = poolMax;
        this.allowed = poolMax;
    }

    /// Opens a pool for the workers of the run, all its sessions warm.
    public static <S extends AutoCloseable> GovernedPool<S> open(
            WorkloadContext context, SessionFactory<S> factory)
            throws SQLException, SessionPool.Timeout, InterruptedException {
        RunConfig.Pool pool = context.config().pool();
        int most = Math.min(pool.maxConnections(), context.config().load().workers());
        SessionPool<S> sessions =
                new SessionPool<>(
                        factory,
                        new PoolBounds(most, pool.idleConnections()),
                        context.time()::nanos);
        try {
            sessions.warmUp(Math.min(most, Math.max(1, pool.idleConnections())), WARM_UP_MAX);
        } catch (SQLException | SessionPool.Timeout | InterruptedException e) {
            sessions.close();
            throw e;
        }
        GovernorPlan plan = GovernorPlan.of(most, pool.minFreeConnections());
        GovernedPool<S> governed =
                new GovernedPool<>(context, sessions, governor(context, sessions, plan), most);
        Thread.ofPlatform().daemon().name("floodmark-governor").start(governed::govern);
        return governed;
    }

    private static Governor governor(
            WorkloadContext context, SessionPool<?> sessions, GovernorPlan plan) {
        try {
            return Governor.start(
                    context.target(), plan, () -> sessions.stats().open(), context.time()::nanos);
        } catch (RuntimeException e) {
            sessions.close();
            throw e;
        }
    }

    /// A run that nobody watches over must not go on.
    private void govern() {
        try {
            while (!closed.get()) {
                long before = time.nanos();
                apply(governor.tick());
                time.parkUntil(before + TICK_NANOS);
            }
        } catch (RuntimeException | Error e) {
            control.brokeDown("the governor", e);
        }
    }

    private void apply(GovernorOutcome outcome) {
        switch (outcome) {
            case GovernorOutcome.Steady _ -> resize(poolMax, "all connections are allowed again");
            case GovernorOutcome.BackOff(String reason, int size) -> resize(size, reason);
            case GovernorOutcome.Stop(String reason) ->
                    control.stop(
                            new RunControl.Stop.Aborted("the governor stopped the run: " + reason));
            case GovernorOutcome.Blind
                            _ -> {} // the operations themselves tell that the server is gone
        }
    }

    private void resize(int size, String reason) {
        if (size != allowed) {
            allowed = size;
            sessions.shrinkTo(size);
            control.notice("governor: pool at most %d connections: %s".formatted(size, reason));
        }
    }

    public SessionPool<S> sessions() {
        return sessions;
    }

    /// Levels of the pool and of the server.
    public SortedMap<String, Long> gauges() {
        PoolStats stats = sessions.stats();
        SortedMap<String, Long> gauges = new TreeMap<>(governor.gauges());
        gauges.put("pool_open", (long) stats.open());
        gauges.put("pool_active", (long) stats.active());
        gauges.put("pool_waiting", (long) stats.waiting());
        return gauges;
    }

    @Override
    public void close() {
        closed.set(true);
        governor.close();
        sessions.close();
    }
}
