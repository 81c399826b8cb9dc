package io.floodmark.store.postgres.schema;

import io.floodmark.store.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Makes the segments of a store's event tables.
///
/// *Threads:* for all; calls at the same time, from any process, wait for each other and make each
/// segment once. Readers and writers of other segments are not disturbed.
public final class Segments {
    private final String createSql;

    /// Segments of the store with these names.
    public Segments(StoreNames names) {
        createSql = "SELECT " + names.createSegments() + "(?)";
    }

    /// Makes all missing segments up to the one that holds `upTo`, and returns how many are new.
    ///
    /// @param connection outside a transaction: other callers wait until the segments are committed
    /// @param upTo at least 1
    public int ensure(Connection connection, Position upTo) throws SQLException {
        try (PreparedStatement create = connection.prepareStatement(createSql)) {
            create.setLong(1, upTo.value());
            try (ResultSet row = create.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
