package io.floodmark.ingest.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
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
    private @Nullable LocalDate day;

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

    /// Whether somebody dropped the partition of the last transaction's day; the next one makes it
    /// again.
    boolean lostPartition() throws SQLException {
        LocalDate last = day;
        if (last == null) {
            return false;
        }
        Connection open = connected();
        boolean lost = partitions.lost(open, last);
        open.rollback();
        return lost;
    }

    /// Somebody has opened the day after the last transaction's: the next one arrives later.
    void dayIsOver() {
        LocalDate last = day;
        if (last != null) {
            partitions.over(last);
        }
    }

    /// Begins a transaction, on a day that is open.
    Begun begin() throws SQLException {
        Connection open = connected();
        while (true) {
            Stamp stamp = statements.stamp(open).notBefore(partitions.first());
            day = stamp.day();
            Optional<LocalDate> lookFrom = partitions.lookFrom(stamp.day());
            if (lookFrom.isPresent()) {
                return new Begun(open, stamp, lookFrom.get());
            }
            open.rollback();
            partitions.open(open, stamp.day());
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.getConnection();
            connection = open;
            open.setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
            open.setAutoCommit(true);
            statements.prepare(open, answer.dividedBy(2));
            open.setAutoCommit(false);
        }
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

    /// Forgets the connection, and what was known of days: the next may lead to a server that took
    /// another's place.
    void drop() {
        partitions.forget();
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
