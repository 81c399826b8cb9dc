package io.floodmark.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.NullMarked;

/// One statement on one connection.
@NullMarked
final class Sql {
    private Sql() {}

    static String text(ServerAddress address, String query) throws SQLException {
        try (Connection connection = ServerChecks.connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    static void execute(ServerAddress address, String sql) throws SQLException {
        try (Connection connection = ServerChecks.connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
