package io.floodmark.load.preflight;

import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.ConnectionTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The governor's connection, reopened in the background when it is lost.
///
/// *Threads.* [#current()], [#lost(String)] and the virtual thread that reopens share one lock over
/// all fields, which nobody holds while talking to the server.
final class MonitorLink implements AutoCloseable {

    /// How long an answer of the server may take before the connection counts as lost.
    static final int ANSWER_MILLIS_MAX = 500;

    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final long DELAY_FIRST_NANOS = 250_000_000;
    private static final long DELAY_MAX_NANOS = 4_000_000_000L;

    /// How it stands with the connection.
    sealed interface State {}

    /// It works, as far as is known.
    record Up(Connection connection, DataDirectory directory) implements State {}

    /// It is being reopened, because of this.
    record Opening(String reason) implements State {}

    /// It is lost, and the next attempt is not due yet.
    record Down(ConnectionFailure.Kind kind, String reason) implements State {}

    private final ReentrantLock lock = new ReentrantLock();
    private final ConnectionTarget target;
    private final LongSupplier nanoClock;
    private State state;
    private long delayNanos = DELAY_FIRST_NANOS;
    private long notBefore;
    private boolean closed;

    private MonitorLink(ConnectionTarget target, LongSupplier nanoClock, State state) {
        this.target = target;
        this.nanoClock = nanoClock;
        this.state = state;
    }

    static MonitorLink open(ConnectionTarget target, LongSupplier nanoClock) {
        try {
            return new MonitorLink(target, nanoClock, connect(target));
        } catch (SQLException e) {
            throw ConnectionFailure.of(target, e);
        }
    }

    private static Up connect(ConnectionTarget target) throws SQLException {
        Connection connection = target.connect(CONNECT_MAX, 1);
        try {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS_MAX);
            return new Up(connection, DataDirectory.locate(connection));
        } catch (SQLException e) {
            connection.abort(Runnable::run);
            throw e;
        }
    }

    ConnectionTarget target() {
        return target;
    }

    /// The connection's state; starts an attempt to reopen it when one is due.
    State current() {
        lock.lock();
        try {
            if (state instanceof Down(_, String reason)
                    && !closed
                    && nanoClock.getAsLong() - notBefore >= 0) {
                Thread.ofVirtual().name("floodmark-monitor-open").start(this::reopen);
                State down = state;
                state = new Opening(reason);
                return down;
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    private void reopen() {
        try {
            reopened(connect(target));
        } catch (SQLException e) {
            failed(ConnectionFailure.of(target, e));
        } catch (RuntimeException e) {
            down(new Down(ConnectionFailure.Kind.OTHER, "the monitor failed: " + e));
        }
    }

    private void reopened(Up up) {
        lock.lock();
        try {
            if (closed) {
                abort(up.connection());
            } else {
                state = up;
                delayNanos = DELAY_FIRST_NANOS;
            }
        } finally {
            lock.unlock();
        }
    }

    private void failed(ConnectionFailure failure) {
        down(new Down(failure.kind(), failure.sentence()));
    }

    private void down(Down down) {
        lock.lock();
        try {
            state = down;
            notBefore = nanoClock.getAsLong() + delayNanos;
            delayNanos = Math.min(2 * delayNanos, DELAY_MAX_NANOS);
        } finally {
            lock.unlock();
        }
    }

    /// The connection broke: it is dropped, and the next [#current()] starts a new one.
    void lost(String reason) {
        lock.lock();
        try {
            if (state instanceof Up(Connection connection, _)) {
                abort(connection);
            }
            state = new Down(ConnectionFailure.Kind.OTHER, reason);
            notBefore = nanoClock.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private static void abort(Connection connection) {
        Thread.ofVirtual().name("floodmark-monitor-abort").start(() -> abortNow(connection));
    }

    private static void abortNow(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // Already gone, which is what we want.
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (state instanceof Up(Connection connection, _)) {
                abort(connection);
            }
            state = new Down(ConnectionFailure.Kind.OTHER, "the governor is closed");
        } finally {
            lock.unlock();
        }
    }
}
