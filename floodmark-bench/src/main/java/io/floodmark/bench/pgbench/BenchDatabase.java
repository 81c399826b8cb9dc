package io.floodmark.bench.pgbench;

import io.floodmark.load.postgres.ConnectionTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// The table of the benchmark, and the same state of the server before each measurement.
record BenchDatabase(ConnectionTarget target) {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final int UNPREPARED = 0;

    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS bench_row (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                client integer NOT NULL,
                inserted_at timestamptz NOT NULL DEFAULT now()
            )
            """;

    /// An empty table, and no checkpoint in the middle of a measurement that an earlier one caused.
    void reset() throws SQLException {
        try (Connection connection = target.connect(CONNECT_MAX, UNPREPARED);
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
            statement.execute("TRUNCATE bench_row");
            statement.execute("CHECKPOINT");
        }
    }

    long rows() throws SQLException {
        try (Connection connection = target.connect(CONNECT_MAX, UNPREPARED);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM bench_row")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
