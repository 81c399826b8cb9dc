package io.floodmark.load.preflight;

import io.floodmark.load.postgres.ConnectionTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What the checks look at: an open connection, where it leads and what is planned.
record Inspection(Connection connection, ConnectionTarget target, PreflightPlan plan) {

    /// Reads a row; the result set stands on it.
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// The only row of a query.
    <T> T one(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        List<T> rows = all(sql, reader, parameters);
        if (rows.size() != 1) {
            throw new SQLException("%d rows where one was expected".formatted(rows.size()));
        }
        return rows.getFirst();
    }

    <T> List<T> all(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
                return result;
            }
        }
    }
}
