package io.floodmark.cli;

import io.floodmark.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A database on a local server, as a test looks into it.
record Database(LocalPostgres server, String name) {

    /// A new and empty one.
    static Database create(LocalPostgres server, String name) throws SQLException {
        new Database(server, server.database()).execute("CREATE DATABASE " + name);
        return new Database(server, name);
    }

    String url() {
        return "postgresql://%s@%s:%d/%s"
                .formatted(server.user(), server.host(), server.port(), name);
    }

    String password() {
        return server.password();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), name),
                server.user(),
                server.password());
    }

    /// Executes one statement and returns how many rows it changed.
    long execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    String text(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    boolean hasTable(String table) throws SQLException {
        return number("SELECT count(*) FROM pg_tables WHERE tablename = '" + table + "'") == 1;
    }
}
