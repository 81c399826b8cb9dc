package io.floodmark.ingest.postgres;

import io.floodmark.ingest.audit.StoredIds;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/// The ids of a tenant's events in PostgreSQL.
///
/// @param database is only read, so that a replica will do
/// @param tenant name of the key; empty where there are no keys
/// @param earliest arrival that counts
public record PostgresStoredIds(
        DataSource database, IngestSchema schema, String tenant, Instant earliest)
        implements StoredIds {
    private static final int FETCH_ROWS = 10_000;

    @Override
    public void read(Taker taker) throws IOException {
        String sql =
                """
                SELECT event_id, received_at FROM %s WHERE tenant = ? AND received_at >= ?
                """
                        .formatted(schema.table("ingest_events"));
        try (Connection connection = database.getConnection()) {
            // In a transaction, so that rows come in portions.
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(FETCH_ROWS);
                select.setString(1, tenant);
                select.setObject(2, OffsetDateTime.ofInstant(earliest, ZoneOffset.UTC));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        taker.id(
                                rows.getString(1),
                                rows.getObject(2, OffsetDateTime.class).toInstant());
                    }
                }
            }
        } catch (SQLException e) {
            throw new IOException("the stored events cannot be read: " + e.getMessage(), e);
        }
    }

    /// How many events of all tenants arrived since then.
    ///
    /// @throws IOException when they cannot be counted
    public static long count(DataSource database, IngestSchema schema, Instant since)
            throws IOException {
        String sql =
                "SELECT count(*) FROM %s WHERE received_at >= ?"
                        .formatted(schema.table("ingest_events"));
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, OffsetDateTime.ofInstant(since, ZoneOffset.UTC));
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IOException("the stored events cannot be counted: " + e.getMessage(), e);
        }
    }
}
