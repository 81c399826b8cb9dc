package io.floodmark.load.table;

import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.DeadlinePassed;
import io.floodmark.load.engine.FailedOperation;
import io.floodmark.load.engine.Operation;
import io.floodmark.load.postgres.SessionPool;
import io.floodmark.load.postgres.SqlFailures;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Performs one worker's operations, each on a session from the pool.
///
/// *Threads.* As [Client] says. `cancel` first leaves its mark, then looks for the session in use;
/// `perform` first shows its session, then looks for the mark; so one of them sees the other.
final class TableClient implements Client {

    private final SessionPool<TableSession> pool;
    private final TableOperations operations;
    private volatile boolean cancelled;
    private volatile @Nullable TableSession inUse;
    private volatile long number;

    TableClient(SessionPool<TableSession> pool, TableOperations operations) {
        this.pool = pool;
        this.operations = operations;
    }

    @Override
    public void perform(Operation operation) throws InterruptedException {
        cancelled = false;
        TableSession session = acquire(operation);
        boolean usable = false;
        try {
            operation.acquired();
            number = session.server().begin();
            inUse = session;
            // An idle session is given out even after the deadline, when the watch has come and
            // gone.
            boolean tooLate = cancelled || operation.overdue();
            if (!tooLate) {
                run(operation, session);
            }
            usable = session.server().succeeded();
            if (tooLate) {
                throw new DeadlinePassed();
            }
        } catch (SQLException e) {
            usable = session.server().failed(e);
            throw failed(e);
        } finally {
            giveBack(session, usable);
        }
    }

    private void run(Operation operation, TableSession session) throws SQLException {
        operation.sent();
        operations.perform(operation.kind(), operation.sequence(), session);
    }

    private TableSession acquire(Operation operation) throws InterruptedException {
        try {
            return pool.acquire(operation.deadlineNanos());
        } catch (SessionPool.Timeout _) {
            throw new DeadlinePassed();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void giveBack(TableSession session, boolean usable) {
        inUse = null;
        if (usable) {
            pool.release(session);
        } else {
            pool.discard(session);
        }
    }

    private static FailedOperation failed(SQLException e) {
        return new FailedOperation(SqlFailures.classify(e), String.valueOf(e.getMessage()), e);
    }

    @Override
    public void cancel() {
        cancelled = true;
        TableSession session = inUse;
        if (session != null) {
            session.server().cancelRunning(number);
        }
    }
}
