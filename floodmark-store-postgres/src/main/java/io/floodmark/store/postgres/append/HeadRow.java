package io.floodmark.store.postgres.append;

import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Reads the head row of a log.
final class HeadRow {
    private HeadRow() {}

    static Head read(Connection connection, StoreNames names) throws SQLException {
        return read(connection, names, "");
    }

    /// Reads it and keeps others from moving it until the transaction ends.
    static Head lock(Connection connection, StoreNames names) throws SQLException {
        return read(connection, names, " FOR UPDATE");
    }

    private static Head read(Connection connection, StoreNames names, String locking)
            throws SQLException {
        String sql = "SELECT position, promoted FROM " + names.logHead() + locking;
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the store's head row is missing", "42P01");
            }
            return new Head(row.getLong(1), row.getInt(2));
        }
    }
}
