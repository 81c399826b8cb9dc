package io.floodmark.store.postgres.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A borrowed connection for one piece of work, which another thread can end.
///
/// *Threads:* [#cancel()] is for any thread, the rest for the one that works.
public final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final String QUERY_CANCELED = "57014";

    private @Nullable Connection connection;
    private volatile @Nullable Statement running;
    private volatile boolean cancelled;
    private volatile boolean begun;

    private final HeadSeen headSeen;

    Session(HeadSeen headSeen) {
        this.headSeen = headSeen;
    }

    /// The head of the log as seen on this server so far.
    public HeadSeen headSeen() {
        return headSeen;
    }

    /// Gives this the connection to work on; fails if it was cancelled before.
    void connected(Connection taken) throws SQLException {
        connection = taken;
        checkWanted();
    }

    /// The connection, in auto-commit mode; statements that it makes itself are not cancelled.
    public Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("a session is used by its work, after it has begun");
        }
        return connection;
    }

    /// Whether the work has begun; before, nothing can be written.
    boolean hasBegun() {
        return begun;
    }

    /// A statement that is cancelled with this session. The one before must have ended.
    public PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection().prepareStatement(sql);
        running = statement;
        checkWanted();
        begun = true;
        return statement;
    }

    /// Runs `work` as one transaction.
    public <T> T transaction(Sessions.Work<T> work) throws SQLException {
        Connection own = connection();
        own.setAutoCommit(false);
        try {
            T result = work.run(this);
            own.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(own, e);
            throw e;
        } finally {
            if (!own.isClosed()) {
                own.setAutoCommit(true);
            }
        }
    }

    private static void rollBack(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private void checkWanted() throws SQLException {
        if (cancelled) {
            throw new SQLException("the caller has gone", QUERY_CANCELED);
        }
    }

    /// Asks the server to end what runs; what has not begun will not. Returns at once.
    void cancel() {
        cancelled = true;
        Statement statement = running;
        if (statement != null) {
            Thread.ofVirtual().start(() -> cancel(statement));
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debug("a statement could not be cancelled; its socket times out", e);
        }
    }
}
