package io.floodmark.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/// Asks a server that has just started whether it is what was promised: version 18, and durable.
final class ServerChecks {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    private static final String CONNECT_SECONDS = "15";
    private static final int MAJOR_VERSION = 18;
    private static final String PROMISES =
            """
            select current_setting('server_version_num')::int / 10000 as major,
                   current_setting('fsync') as fsync
            """;

    private ServerChecks() {}

    static Connection connect(ServerAddress address) throws SQLException {
        return connect(address, ANSWER_TIMEOUT);
    }

    /// Connects; a statement may then take so long.
    static Connection connect(ServerAddress address, Duration timeout) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("ApplicationName", "floodmark local");
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", Long.toString(timeout.toSeconds()));
        return DriverManager.getConnection(address.url(), properties);
    }

    static void verify(ServerAddress address) {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PROMISES)) {
            row.next();
            int major = row.getInt("major");
            String fsync = row.getString("fsync");
            if (major != MAJOR_VERSION || !"on".equals(fsync)) {
                throw new LocalServerException(
                        "the server at %s is version %d with fsync %s; expected version %d with fsync on"
                                .formatted(address, major, fsync, MAJOR_VERSION));
            }
        } catch (SQLException e) {
            throw noAnswer(address, e);
        }
    }

    static LocalServerException noAnswer(ServerAddress address, SQLException e) {
        return new LocalServerException(
                "the server at " + address + " does not answer: " + e.getMessage(), e);
    }
}
