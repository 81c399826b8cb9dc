package io.floodmark.store.tck.reference;

import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.StoreException;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A fixed set of connections, in autocommit mode, that operations borrow.
final class ConnectionShelf implements AutoCloseable {

    /// Rolled back because no serial order fits, or to end a deadlock: nothing was written.
    private static final List<String> ROLLED_BACK = List.of("40001", "40P01");

    /// The server ends statements that take longer, whatever the caller's timeout is.
    private static final String STATEMENT_MAX = "SET statement_timeout = '60s'";

    private final BlockingQueue<Connection> idle;
    private final List<Connection> all;

    private ConnectionShelf(List<Connection> connections) {
        this.all = List.copyOf(connections);
        this.idle = new ArrayBlockingQueue<>(all.size(), false, all);
    }

    static ConnectionShelf open(ConnectionSource source, Isolation isolation, int count)
            throws SQLException {
        List<Connection> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection connection = source.open();
            opened.add(connection);
            connection.setTransactionIsolation(isolation.jdbc());
            try (Statement statement = connection.createStatement()) {
                statement.execute(STATEMENT_MAX);
            }
        }
        return new ConnectionShelf(opened);
    }

    /// Work on a borrowed connection.
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// Reading that may simply be repeated.
    <T> T read(Duration timeout, Work<T> work) {
        return run(timeout, work, e -> new StoreUnavailable(message(e), e));
    }

    /// Appending, of which a failure leaves unknown whether it was written.
    <T> T append(Duration timeout, Work<T> work) {
        return run(
                timeout,
                work,
                e ->
                        ROLLED_BACK.contains(e.getSQLState())
                                ? new StoreUnavailable(message(e), e)
                                : new AppendOutcomeUnknown(message(e), e));
    }

    private interface Translation {
        StoreException of(SQLException failure);
    }

    private <T> T run(Duration timeout, Work<T> work, Translation translation) {
        Connection connection = borrow(timeout);
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw translation.of(e);
        } finally {
            idle.add(connection);
        }
    }

    private Connection borrow(Duration timeout) {
        try {
            Connection connection = idle.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (connection == null) {
                throw new StoreOverloaded(
                        "none of %d connections was free within %s; use more"
                                .formatted(all.size(), timeout));
            }
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelled("interrupted while waiting for a connection", e);
        }
    }

    private static String message(SQLException failure) {
        return "SQLSTATE %s: %s".formatted(failure.getSQLState(), failure.getMessage());
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : all) {
            connection.close();
        }
    }
}
