package io.floodmark.load.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/// A connection whose running operation another thread can end at its deadline.
///
/// The worker brackets each operation, which may be several statements, with [#begin()] and
/// [#succeeded()] or [#failed(SQLException)]; a watcher ends it by [#cancelRunning(long)]. The
/// worker then gets an exception within the grace: from the server, which was asked to cancel, or
/// from the broken socket when the server does not react.
///
/// A cancel request can reach the server late and hit whatever then runs in the session. Therefore
/// a session survives a cancelled operation only when the operation itself ended with `57014` and
/// the canceller had finished; otherwise the ending methods tell the worker to discard it.
///
/// *Threads.* One worker at a time calls everything except [#cancelRunning(long)] and [#abort()],
/// which any thread may call at any time. The phase is one atomic word that carries the number of
/// the operation, so that a watcher that comes too late cannot cancel the next operation. No
/// allocation unless an operation is cancelled.
public final class ServerSession implements AutoCloseable {

    /// How long the server may take to react to a cancel before the socket is broken off.
    public static final Duration DEFAULT_GRACE = Duration.ofMillis(500);

    private static final long IDLE = 0;
    private static final long RUNNING = 1;
    private static final long CANCELLING = 2;
    private static final long PHASES = 4;

    private final Connection connection;
    private final Duration grace;

    /// `operation * PHASES + phase`.
    private final AtomicLong state = new AtomicLong();

    /// Exists before it is needed, so that the worker sees the same one as the watcher.
    private volatile Cancellation cancellation;

    /// Takes over `connection`, which this session closes.
    public ServerSession(Connection connection, Duration grace) {
        this.connection = connection;
        this.grace = Cancellation.checkGrace(grace);
        this.cancellation = new Cancellation(connection, this.grace);
    }

    /// Opens a session with the default grace, see [ConnectionTarget#connect(Duration, int)].
    public static ServerSession open(
            ConnectionTarget target, Duration timeout, int prepareThreshold) throws SQLException {
        return new ServerSession(target.connect(timeout, prepareThreshold), DEFAULT_GRACE);
    }

    public Connection connection() {
        return connection;
    }

    /// Starts an operation and returns its number, by which it can be cancelled.
    public long begin() {
        long before = state.get();
        if (before % PHASES != IDLE) {
            throw new IllegalStateException("an operation is already running in this session");
        }
        long operation = before / PHASES + 1;
        state.set(operation * PHASES + RUNNING);
        return operation;
    }

    /// Ends the operation `operation` if it still runs: asks the server to cancel it, and breaks
    /// the connection off when it has not ended after the grace. Returns at once; `false` when the
    /// operation had ended.
    public boolean cancelRunning(long operation) {
        if (!state.compareAndSet(operation * PHASES + RUNNING, operation * PHASES + CANCELLING)) {
            return false;
        }
        cancellation.start();
        return true;
    }

    /// Whether the running operation is being cancelled; a worker looks between statements.
    public boolean cancelRequested() {
        return state.get() % PHASES == CANCELLING;
    }

    /// Ends an operation that went well; `false` means: discard the session, because the connection
    /// is closed or a cancel may still be on its way.
    public boolean succeeded() {
        if (endUncancelled()) {
            return !closed();
        }
        // The cancel met no statement, so it may still be on its way.
        cancellation.operationEnded();
        return false;
    }

    /// Ends an operation that failed, after the worker rolled back what it had begun; `false`
    /// means: discard the session. Waits shortly when the operation was cancelled.
    ///
    /// An interrupt while it waits stays set and costs the session.
    public boolean failed(SQLException failure) {
        if (endUncancelled()) {
            return !SqlFailures.isConnectionLost(failure) && outsideTransaction();
        }
        boolean survived =
                cancellation.operationEnded()
                        && SqlFailures.isCancelled(failure)
                        && cancellation.awaitCanceller()
                        && outsideTransaction();
        if (survived) {
            cancellation = new Cancellation(connection, grace);
            state.set(state.get() - CANCELLING + IDLE);
        }
        return survived;
    }

    private boolean endUncancelled() {
        long now = state.get();
        return now % PHASES == RUNNING && state.compareAndSet(now, now - RUNNING + IDLE);
    }

    private boolean closed() {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private boolean outsideTransaction() {
        try {
            return !connection.isClosed()
                    && connection.unwrap(BaseConnection.class).getTransactionState()
                            == TransactionState.IDLE;
        } catch (SQLException e) {
            // Whatever it is, a session that cannot even tell its state is of no use.
            return false;
        }
    }

    /// Breaks the connection off without a word to the server; a blocked worker fails.
    public void abort() {
        Cancellation.abort(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
