package io.floodmark.ingest.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// The statements of one writer. *Threads:* for one.
final class BatchStatements {
    private final IngestSchema schema;
    private final CopyRows rows = new CopyRows();

    BatchStatements(IngestSchema schema) {
        this.schema = schema;
    }

    /// Takes these ids, in this order, and returns those that nobody had taken. Waits for others
    /// that are taking one of them; writers that all sort their ids never wait for each other in a
    /// circle.
    Set<UUID> take(Connection connection, List<Row> sorted, Attempt attempt) throws SQLException {
        String sql =
                """
                INSERT INTO %s (id, batch, received_at)
                SELECT id, ?, ? FROM unnest(?::uuid[]) AS ids(id)
                ON CONFLICT (id) DO NOTHING
                RETURNING id
                """
                        .formatted(schema.table("ingest_ids"));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, attempt.batch());
            insert.setObject(2, OffsetDateTime.ofInstant(attempt.received(), ZoneOffset.UTC));
            insert.setArray(3, uuids(connection, sorted));
            return ids(insert);
        }
    }

    /// Takes these ids, in this order, of which nobody has taken any: much cheaper than [#take],
    /// and in the same order, so that writers of both kinds do not wait in a circle.
    ///
    /// @throws SQLException of a unique violation when somebody has taken one; the transaction is
    ///   lost
    void takeAllNew(Connection connection, List<Row> sorted, Attempt attempt) throws SQLException {
        send(connection, "ingest_ids (id, batch, received_at)", rows.ids(sorted, attempt));
    }

    /// Which of these ids an earlier try of the same batch has committed.
    Set<UUID> committedEarlier(Connection connection, List<Row> rows, Attempt attempt)
            throws SQLException {
        String sql =
                "SELECT id FROM %s WHERE id = ANY (?) AND batch = ?"
                        .formatted(schema.table("ingest_ids"));
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, uuids(connection, rows));
            select.setLong(2, attempt.batch());
            return ids(select);
        }
    }

    /// Copies events into their table.
    void copy(Connection connection, List<Row> fresh, Attempt attempt) throws SQLException {
        send(
                connection,
                "ingest_events (received_at, occurred_at, tenant, event_id, event_type, key, event)",
                rows.events(fresh, attempt));
    }

    private void send(Connection connection, String tableAndColumns, CopyBuffer content)
            throws SQLException {
        String sql = "COPY %s FROM STDIN (FORMAT binary)".formatted(schema.table(tableAndColumns));
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(content.bytes(), 0, content.length());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /// Keeps an event that the database refused.
    void bury(Connection connection, Row row, Attempt attempt, SQLException reason)
            throws SQLException {
        String sql =
                """
                INSERT INTO %s AS there
                    (id, first_at, last_at, tenant, event_id, event_type, sqlstate, reason, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE
                SET times = there.times + 1, last_at = excluded.last_at, replayed_at = NULL,
                    sqlstate = excluded.sqlstate, reason = excluded.reason, event = excluded.event
                """
                        .formatted(schema.table("ingest_dead_letters"));
        OffsetDateTime received = OffsetDateTime.ofInstant(attempt.received(), ZoneOffset.UTC);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, row.id());
            insert.setObject(2, received);
            insert.setObject(3, received);
            insert.setString(4, row.delivery().tenant());
            insert.setString(5, row.delivery().event().id());
            insert.setString(6, row.delivery().event().type());
            insert.setString(7, Objects.requireNonNullElse(reason.getSQLState(), ""));
            insert.setString(8, printable(String.valueOf(reason.getMessage())));
            insert.setBytes(9, row.delivery().event().json());
            insert.executeUpdate();
        }
    }

    private static String printable(String message) {
        byte[] utf8 = message.replace("\0", "").getBytes(StandardCharsets.UTF_8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static Array uuids(Connection connection, List<Row> rows) throws SQLException {
        return connection.createArrayOf("uuid", rows.stream().map(Row::id).toArray());
    }

    private static Set<UUID> ids(PreparedStatement statement) throws SQLException {
        Set<UUID> ids = new HashSet<>();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                ids.add(found.getObject(1, UUID.class));
            }
        }
        return ids;
    }
}
