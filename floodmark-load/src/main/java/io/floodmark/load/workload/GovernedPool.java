package io.floodmark.load.workload;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.postgres.PoolBounds;
import io.floodmark.load.postgres.PoolStats;
import io.floodmark.load.postgres.SessionFactory;
import io.floodmark.load.postgres.SessionPool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/// A session pool under [Supervision].
///
/// *Threads.* Any.
///
/// @param <S> the session
public final class GovernedPool<S extends AutoCloseable> implements AutoCloseable {

    private static final Duration WARM_UP_MAX = Duration.ofSeconds(30);

    private final SessionPool<S> sessions;
    private final Supervision supervision;

    private GovernedPool(SessionPool<S> sessions, Supervision supervision) {
        this.sessions = sessions;
        this.supervision = supervision;
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
        return new GovernedPool<>(sessions, supervised(context, sessions, most));
    }

    private static Supervision supervised(
            WorkloadContext context, SessionPool<?> sessions, int most) {
        try {
            return Supervision.start(context, new Resizable(sessions), most);
        } catch (RuntimeException e) {
            sessions.close();
            throw e;
        }
    }

    private record Resizable(SessionPool<?> sessions) implements Supervision.Pool {

        @Override
        public int open() {
            return sessions.stats().open();
        }

        @Override
        public void resize(int connections) {
            sessions.shrinkTo(connections);
        }
    }

    public SessionPool<S> sessions() {
        return sessions;
    }

    /// Levels of the pool and of the server.
    public SortedMap<String, Long> gauges() {
        PoolStats stats = sessions.stats();
        SortedMap<String, Long> gauges = new TreeMap<>(supervision.gauges());
        gauges.put("pool_open", (long) stats.open());
        gauges.put("pool_active", (long) stats.active());
        gauges.put("pool_waiting", (long) stats.waiting());
        return gauges;
    }

    @Override
    public void close() {
        supervision.close();
        sessions.close();
    }
}
