package io.floodmark.bench.pgbench;

import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.FailedOperation;
import io.floodmark.load.engine.Operation;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.engine.Workload;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.PoolBounds;
import io.floodmark.load.postgres.SessionFactory;
import io.floodmark.load.postgres.SessionPool;
import io.floodmark.load.postgres.SqlFailures;
import io.floodmark.load.time.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// One statement again and again, on sessions from the pool that product workloads use: their way
/// from worker to driver, without their data.
///
/// *Threads.* As [Workload] says.
final class StatementWorkload implements Workload {

    private static final Duration OPENING_MAX = Duration.ofSeconds(30);

    private final BenchStatement kind;
    private final SessionPool<StatementSession> pool;
    private final int sessions;

    /// @param sessions as many as workers, so that none waits for one
    StatementWorkload(ConnectionTarget target, BenchStatement kind, int sessions, TimeSource time) {
        this.kind = kind;
        this.sessions = sessions;
        this.pool =
                new SessionPool<>(
                        new Sessions(target, kind),
                        new PoolBounds(sessions, sessions),
                        time::nanos);
    }

    /// Opens sessions for the pool.
    private record Sessions(ConnectionTarget target, BenchStatement kind)
            implements SessionFactory<StatementSession> {

        @Override
        public StatementSession open() throws SQLException {
            return StatementSession.open(target, kind);
        }

        @Override
        public void abort(StatementSession session) {
            session.server().abort();
        }
    }

    @Override
    public List<OperationShare> operations() {
        return List.of(new OperationShare(kind.label(), 100));
    }

    /// Connects, as pgbench does, before the time that counts.
    @Override
    public void prepare(Consumer<String> progress) throws Exception {
        pool.warmUp(sessions, OPENING_MAX);
    }

    @Override
    public Client newClient(int worker) {
        return new PooledClient(pool, worker);
    }

    /// Performs one worker's operations.
    private record PooledClient(SessionPool<StatementSession> pool, int worker) implements Client {

        @Override
        public void perform(Operation operation) throws Exception {
            StatementSession session = pool.acquire(operation.deadlineNanos());
            operation.acquired();
            session.server().begin();
            try {
                operation.sent();
                session.execute(worker);
                giveBack(session, session.server().succeeded());
            } catch (SQLException e) {
                giveBack(session, session.server().failed(e));
                throw new FailedOperation(
                        SqlFailures.classify(e), String.valueOf(e.getMessage()), e);
            }
        }

        private void giveBack(StatementSession session, boolean usable) {
            if (usable) {
                pool.release(session);
            } else {
                pool.discard(session);
            }
        }

        /// Never called: like pgbench, the benchmark has no deadlines.
        @Override
        public void cancel() {}
    }

    @Override
    public void close() {
        pool.close();
    }
}
