package io.floodmark.bench.append;

import io.floodmark.bench.stores.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// WAL of the whole server.
///
/// @param records bytes that each repetition would write again
/// @param pages bytes of page images, one for each page that is changed for the first time after a
///   checkpoint: how many an event costs depends on how far checkpoints are apart
record Wal(double records, double pages) {

    private static final String STATISTICS =
            """
            SELECT coalesce(sum(record_size), 0), coalesce(sum(fpi_size), 0)
              FROM pg_get_wal_stats(?::pg_lsn, ?::pg_lsn)
            """;

    double all() {
        return records + pages;
    }

    Wal each(long events) {
        double count = Math.max(1, events);
        return new Wal(records / count, pages / count);
    }

    /// A place in the WAL.
    record Mark(String lsn) {

        static Mark in(Database database) throws SQLException {
            database.execute("CREATE EXTENSION IF NOT EXISTS pg_walinspect");
            try (Connection connection = database.open();
                    PreparedStatement statement =
                            connection.prepareStatement("SELECT pg_current_wal_flush_lsn()::text");
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return new Mark(row.getString(1));
            }
        }

        Wal since(Database database) throws SQLException {
            Mark end = in(database);
            try (Connection connection = database.open();
                    PreparedStatement statement = connection.prepareStatement(STATISTICS)) {
                statement.setString(1, lsn);
                statement.setString(2, end.lsn);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return new Wal(row.getDouble(1), row.getDouble(2));
                }
            }
        }
    }
}
