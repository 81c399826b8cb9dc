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

/// The ids of a tenant's events in PostgreSQL that arrived within a range of time.
///
/// @param database is only read, so that a replica will do
/// @param tenant name of the key; empty where there are no keys
/// @param from the first moment
/// @param to the first moment beyond
public record PostgresStoredIds(
        DataSource database, IngestSchema schema, String tenant, Instant from, Instant to)
        implements StoredIds {
    private static final int FETCH_ROWS = 10_000;

    @Override
    public void read(Taker taker) throws IOException {
        String sql =
                """
                SELECT event_id FROM %s
                 WHERE tenant = ? AND received_at >= ? AND received_at < ?
                """
                        .formatted(schema.table("ingest_events"));
        try (Connection connection = database.getConnection()) {
            // In a transaction, so that rows come in portions.
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(FETCH_ROWS);
                select.setString(1, tenant);
                select.setObject(2, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
                select.setObject(3, OffsetDateTime.ofInstant(to, ZoneOffset.UTC));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        taker.id(rows.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IOException("the stored events cannot be read: " + e.getMessage(), e);
        }
    }
}
