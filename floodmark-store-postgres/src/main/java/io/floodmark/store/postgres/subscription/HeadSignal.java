package io.floodmark.store.postgres.subscription;

import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says when the log has grown: one listening connection for all consumers of this process, taken
/// when the first of them waits.
///
/// A signal can be missed while the connection is lost; who waits looks again after a while anyway.
/// *Threads:* for all; one daemon thread listens.
public final class HeadSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeadSignal.class);
    private static final Duration LISTEN = Duration.ofSeconds(10);
    private static final Duration CONNECT_AGAIN = Duration.ofSeconds(1);
    private static final int ALIVE_SECONDS = 5;

    private final DataSource source;
    private final String channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();

    // Guarded by lock.
    private long signals;
    private @Nullable Thread listener;
    private @Nullable Connection listening;
    private boolean closed;

    /// Signals from the server that `source` connects to.
    public HeadSignal(DataSource source, StoreNames names) {
        this.source = source;
        this.channel = names.channel();
    }

    /// A number that changes with each signal; to be read before looking at the log.
    long seen() {
        lock.lock();
        try {
            if (listener == null && !closed) {
                listener =
                        Thread.ofPlatform().daemon().name("floodmark-listen").start(this::listen);
            }
            return signals;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there was a signal after `seen`, the time is over, or this is closed.
    void await(long seen, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (signals == seen && left > 0 && !closed) {
                left = grown.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Wakes all that wait.
    public void signal() {
        lock.lock();
        try {
            signals++;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void listen() {
        while (!isClosed()) {
            try (Connection connection = source.getConnection()) {
                if (adopt(connection)) {
                    followOrDrop(connection);
                }
            } catch (SQLException e) {
                LOG.debug("no notifications at present; consumers look by themselves", e);
                pause();
            }
        }
    }

    private boolean adopt(Connection connection) {
        lock.lock();
        try {
            listening = connection;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// The pool does not see that the driver failed: it would give the dead connection to the next.
    private void followOrDrop(Connection connection) throws SQLException {
        try {
            follow(connection);
        } catch (SQLException e) {
            abort(connection);
            throw e;
        }
    }

    private void follow(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + channel + "\"");
        }
        PGConnection driver = connection.unwrap(PGConnection.class);
        signal();
        while (!isClosed()) {
            PGNotification[] news = driver.getNotifications((int) LISTEN.toMillis());
            if (news != null && news.length > 0) {
                signal();
            } else if (!connection.isValid(ALIVE_SECONDS)) {
                throw new SQLException("the listening connection is dead", "08006");
            }
        }
    }

    private void pause() {
        lock.lock();
        try {
            long left = CONNECT_AGAIN.toNanos();
            while (left > 0 && !closed) {
                left = grown.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed || Thread.currentThread().isInterrupted();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Connection open;
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
            open = listening;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            abort(open);
        }
    }

    /// The listener reads the socket without end: only this ends it at once.
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("the listening connection could not be ended; it ends by itself", e);
        }
    }
}
