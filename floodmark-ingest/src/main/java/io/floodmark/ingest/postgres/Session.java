package io.floodmark.ingest.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a writer, opened when it is needed and forgotten when it broke. *Threads:* for
/// one.
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final DataSource database;
    private final Duration answer;
    private final BatchStatements statements;
    private final Partitions partitions;
    private @Nullable Connection connection;

    Session(
            DataSource database,
            Duration answer,
            BatchStatements statements,
            Partitions partitions) {
        this.database = database;
        this.answer = answer;
        this.statements = statements;
        this.partitions = partitions;
    }

    BatchStatements statements() {
        return statements;
    }

    /// Whether somebody dropped the partition of that day; the next transaction makes it again.
    boolean lostPartition(LocalDate day) throws SQLException {
        Connection open = begin(day);
        boolean lost = partitions.lost(open, day);
        open.rollback();
        return lost;
    }

    /// A connection in a new transaction, with the partitions of that day.
    Connection begin(LocalDate day) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.getConnection();
            connection = open;
            open.setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
        }
        partitions.ensure(open, day);
        open.setAutoCommit(false);
        return open;
    }

    /// Ends the transaction without its changes; a connection that cannot is dropped.
    void rollback() {
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            open.rollback();
        } catch (SQLException e) {
            LOG.debug("the connection cannot roll back", e);
            drop();
        }
    }

    /// Forgets the connection.
    void drop() {
        Connection open = connection;
        if (open != null) {
            try {
                // Without waiting for a server that does not answer.
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("a broken connection could not be aborted", e);
            }
            close();
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the connection could not be closed", e);
            }
        }
    }
}
