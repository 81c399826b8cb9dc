package io.floodmark.ingest.postgres;

import io.floodmark.ingest.replay.DeadLetter;
import io.floodmark.ingest.replay.DeadLetters;
import io.floodmark.ingest.replay.DeadLettersUnavailable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// The dead letters of the sink in PostgreSQL. A letter that was replayed stays as a note, and
/// comes back only when its event is refused again. *Threads:* for one.
public final class PostgresDeadLetters implements DeadLetters {
    private static final String BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

    private final DataSource database;
    private final IngestSchema schema;

    /// Those of a schema whose tables are up to date.
    public PostgresDeadLetters(DataSource database, IngestSchema schema) {
        this.database = database;
        this.schema = schema;
    }

    @Override
    public List<DeadLetter> next(String after, int most) {
        String sql =
                """
                SELECT id, tenant, event_id, event_type, times, last_at, sqlstate, reason, event
                  FROM %s
                 WHERE replayed_at IS NULL AND id > ?
                 ORDER BY id LIMIT ?
                """
                        .formatted(schema.table("ingest_dead_letters"));
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, UUID.fromString(after.isEmpty() ? BEFORE_ALL : after));
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                List<DeadLetter> letters = new ArrayList<>();
                while (rows.next()) {
                    letters.add(letter(rows));
                }
                return letters;
            }
        } catch (SQLException e) {
            throw new DeadLettersUnavailable(
                    "the dead letters cannot be read: " + e.getMessage(), e);
        }
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getString(7),
                row.getString(8),
                new String(row.getBytes(9), StandardCharsets.UTF_8));
    }

    @Override
    public void replayed(DeadLetter letter) {
        String sql =
                "UPDATE %s SET replayed_at = now() WHERE id = ?"
                        .formatted(schema.table("ingest_dead_letters"));
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, UUID.fromString(letter.key()));
            update.executeUpdate();
        } catch (SQLException e) {
            throw new DeadLettersUnavailable(
                    "the dead letter of event %s is stored, but could not be marked: %s"
                            .formatted(letter.eventId(), e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        // Connections are taken and given back one by one.
    }
}
