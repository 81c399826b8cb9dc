package io.floodmark.bench.pgbench;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// A statement that both sides run, prepared and in auto-commit mode.
enum BenchStatement {
    SELECT_1("select-1", "SELECT 1", "SELECT 1;\n") {
        @Override
        void execute(PreparedStatement statement, int client) throws SQLException {
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next() || rows.getInt(1) != 1) {
                    throw new SQLException("SELECT 1 did not give 1");
                }
            }
        }
    },
    INSERT(
            "insert",
            "INSERT INTO bench_row (client) VALUES (?)",
            "INSERT INTO bench_row (client) VALUES (:client_id);\n") {
        @Override
        void execute(PreparedStatement statement, int client) throws SQLException {
            statement.setInt(1, client);
            if (statement.executeUpdate() != 1) {
                throw new SQLException("the insert made no row");
            }
        }
    };

    private final String label;
    private final String sql;
    private final String script;

    BenchStatement(String label, String sql, String script) {
        this.label = label;
        this.sql = sql;
        this.script = script;
    }

    /// Runs the statement once, to the end of its result.
    abstract void execute(PreparedStatement statement, int client) throws SQLException;

    String label() {
        return label;
    }

    /// For the driver.
    String sql() {
        return sql;
    }

    /// The same as a pgbench script.
    String script() {
        return script;
    }
}
