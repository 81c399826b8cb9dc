package io.floodmark.ingest.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The partitions of the events, one for each day of arrival in UTC, made before they are needed.
/// *Threads:* for all writers.
final class Partitions {
    private final IngestSchema schema;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    Partitions(IngestSchema schema) {
        this.schema = schema;
    }

    /// Makes those of this day and the next, outside of any transaction.
    void ensure(Connection connection, LocalDate day) throws SQLException {
        if (known.contains(day)) {
            return;
        }
        make(connection, day);
        make(connection, day.plusDays(1));
        known.add(day);
    }

    /// Whether somebody dropped that day's, which is then made again when it is needed.
    boolean lost(Connection connection, LocalDate day) throws SQLException {
        try (PreparedStatement look =
                connection.prepareStatement("SELECT to_regclass(?) IS NULL")) {
            look.setString(1, table(day));
            try (ResultSet row = look.executeQuery()) {
                boolean lost = row.next() && row.getBoolean(1);
                if (lost) {
                    known.remove(day);
                }
                return lost;
            }
        }
    }

    private String table(LocalDate day) {
        return schema.table("ingest_events_" + day.format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    private void make(Connection connection, LocalDate day) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement lock =
                        connection.prepareStatement(
                                "SELECT pg_advisory_xact_lock(hashtextextended(?, 2))");
                Statement statement = connection.createStatement()) {
            lock.setString(1, schema.name());
            lock.execute();
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS %s PARTITION OF %s FOR VALUES FROM ('%s 00:00:00+00') TO ('%s 00:00:00+00')"
                            .formatted(
                                    table(day),
                                    schema.table("ingest_events"),
                                    day,
                                    day.plusDays(1)));
            connection.commit();
        }
    }
}
