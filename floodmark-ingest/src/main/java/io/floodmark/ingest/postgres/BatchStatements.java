package io.floodmark.ingest.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// The statements of one writer. *Threads:* for one.
final class BatchStatements {
    private final IngestSchema schema;
    private final CopyRows rows = new CopyRows();

    BatchStatements(IngestSchema schema) {
        this.schema = schema;
    }

    // Nobody who died holds others up for long: neither one that waits for a lock, nor one whose
    // client is gone in the middle of a transaction or a copy. What is acknowledged is durable
    // whatever the role's default is. The look goes by the index, also in a table that has grown
    // since its statistics were made.
    private static final String PREPARE_SQL =
            """
            SELECT set_config('application_name', 'floodmark-ingest', false),
                   set_config('lock_timeout', ?, false),
                   set_config('idle_in_transaction_session_timeout', ?, false),
                   set_config('tcp_keepalives_idle', ?, false),
                   set_config('tcp_keepalives_interval', '2', false),
                   set_config('tcp_keepalives_count', '3', false),
                   set_config('default_transaction_isolation', 'read committed', false),
                   set_config('synchronous_commit',
                       replace(current_setting('synchronous_commit'), 'off', 'on'), false),
                   set_config('enable_seqscan', 'off', false),
                   set_config('jit', 'off', false)
            """;

    /// Sets up a new session.
    ///
    /// @param wait the longest that it waits for a lock or for its client
    void prepare(Connection connection, Duration wait) throws SQLException {
        String millis = Long.toString(wait.toMillis());
        try (PreparedStatement select = connection.prepareStatement(PREPARE_SQL)) {
            select.setString(1, millis);
            select.setString(2, millis);
            select.setString(3, Long.toString(Math.max(1, wait.toSeconds())));
            select.execute();
        }
    }

    /// What the server says of the transaction that begins with this statement.
    Stamp stamp(Connection connection) throws SQLException {
        String sql = "SELECT pg_current_xact_id()::xid::text::bigint, clock_timestamp()";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Stamp(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant());
        }
    }

    /// Which of these events are there, arrived from one day up to but without another, with the
    /// transactions that wrote them.
    Map<Identity, Long> there(
            Connection connection, List<Row> rows, LocalDate from, LocalDate until)
            throws SQLException {
        String sql =
                """
                SELECT tenant, event_id, xmin::text::bigint FROM %s
                WHERE received_at >= ? AND received_at < ? AND event_id = ANY (?)
                """
                        .formatted(schema.table("ingest_events"));
        Map<Identity, Long> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, from.atStartOfDay().atOffset(ZoneOffset.UTC));
            select.setObject(2, until.atStartOfDay().atOffset(ZoneOffset.UTC));
            select.setArray(3, ids(connection, rows));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(new Identity(row.getString(1), row.getString(2)), row.getLong(3));
                }
            }
        }
        return found;
    }

    /// Copies events into their table.
    ///
    /// @throws SQLException of a unique violation when one of them is there
    void copy(Connection connection, List<Row> fresh, Stamp stamp) throws SQLException {
        CopyBuffer content = rows.of(fresh, stamp);
        String sql =
                """
                COPY %s (received_at, occurred_at, tenant, event_id, event_type, key, event)
                FROM STDIN (FORMAT binary)
                """
                        .formatted(schema.table("ingest_events"));
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
    void bury(Connection connection, Row row, Stamp stamp, SQLException reason)
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
        OffsetDateTime received = OffsetDateTime.ofInstant(stamp.now(), ZoneOffset.UTC);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, LetterIds.of(row.delivery()));
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

    private static Array ids(Connection connection, List<Row> rows) throws SQLException {
        Object[] ids = rows.stream().map(row -> row.identity().eventId()).toArray();
        return connection.createArrayOf("text", ids);
    }
}
