package io.floodmark.bench.stores;

import io.floodmark.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// Connections to the server of a benchmark, beside those of the stores.
public final class Servers {

    private Servers() {}

    /// A new connection, which the caller closes.
    public static Connection open(LocalPostgres server) throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), server.password());
    }

    /// One statement on a connection of its own.
    public static void execute(LocalPostgres server, String sql) throws SQLException {
        try (Connection connection = open(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
