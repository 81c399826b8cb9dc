package io.floodmark.load.table;

import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.ServerSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// A connection with the workload's statements prepared on it.
///
/// *Threads.* One worker at a time; [#server] offers what others may do.
final class TableSession implements AutoCloseable {

    private static final int INSERT_PARAMETERS = 6;
    private static final int PREPARE_AT_ONCE = 1;

    private final ServerSession server;
    private final TableLayout layout;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement read;

    TableSession(ServerSession server, TableLayout layout) throws SQLException {
        this.server = server;
        this.layout = layout;
        Connection connection = server.connection();
        insert = connection.prepareStatement(layout.sql().insert(layout.batchRows()));
        update = connection.prepareStatement(layout.sql().update());
        read = connection.prepareStatement(layout.sql().read());
    }

    static TableSession open(ConnectionTarget target, Duration timeout, TableLayout layout)
            throws SQLException {
        ServerSession server = ServerSession.open(target, timeout, PREPARE_AT_ONCE);
        try {
            return new TableSession(server, layout);
        } catch (SQLException e) {
            server.close();
            throw e;
        }
    }

    ServerSession server() {
        return server;
    }

    /// Inserts a batch of rows in one statement.
    ///
    /// @return payload bytes
    long insert(long operation) throws SQLException {
        long bytes = 0;
        for (int row = 0; row < layout.batchRows(); row++) {
            People.Person person = layout.people().person(operation, row);
            String email = layout.marks().insertedEmail(person.mailbox(), operation, row);
            String data = layout.people().block(operation, row);
            int at = row * INSERT_PARAMETERS;
            insert.setString(at + 1, person.name());
            insert.setString(at + 2, email);
            insert.setInt(at + 3, person.age());
            insert.setString(at + 4, person.address());
            insert.setString(at + 5, person.phone());
            insert.setString(at + 6, data);
            bytes += (long) person.bytes() + email.length() + data.length();
        }
        insert.executeUpdate();
        return bytes;
    }

    /// Updates the row `id` with new data.
    ///
    /// @return payload bytes
    long update(long operation, long id) throws SQLException {
        People.Person person = layout.people().person(operation, 0);
        String data = layout.marks().updatedData(layout.people().block(operation, 0), operation);
        update.setString(1, person.name());
        update.setInt(2, person.age());
        update.setString(3, person.address());
        update.setString(4, person.phone());
        update.setString(5, data);
        update.setLong(6, id);
        if (update.executeUpdate() != 1) {
            throw new SQLException("row %d is gone: somebody deleted it".formatted(id), "02000");
        }
        return (long) person.bytes() + data.length();
    }

    /// Reads rows from `firstId` on, to the last column of the last row.
    void read(long firstId) throws SQLException {
        read.setLong(1, firstId);
        read.setInt(2, layout.readRows());
        try (ResultSet rows = read.executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    rows.getString(column);
                }
            }
        }
    }

    /// Runs `statements` as one transaction. Returns once the server has acknowledged the commit,
    /// also when the connection breaks right after it: what is committed is done.
    long inTransaction(Statements statements) throws SQLException {
        Connection connection = server.connection();
        connection.setAutoCommit(false);
        try {
            long bytes = statements.run();
            connection.commit();
            leaveTransaction(connection);
            return bytes;
        } catch (SQLException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void leaveTransaction(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // Only a closed connection refuses, and the end of the operation finds that out.
        }
    }

    /// Statements that write so many bytes.
    interface Statements {
        long run() throws SQLException;
    }

    private static void rollBack(Connection connection, SQLException cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it.
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        server.close();
    }
}
