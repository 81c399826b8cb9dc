package io.floodmark.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/// Asks a server that has just started whether it is what was promised: of the right version, and
/// durable.
final class ServerChecks {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    private static final String CONNECT_SECONDS = "15";
    private static final int MAJOR_VERSION_MIN = 15;
    private static final int MAJOR_VERSION_BUNDLED = 18;
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
        verify(address, new ServerPrograms.Bundled());
    }

    static void verify(ServerAddress address, ServerPrograms programs) {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PROMISES)) {
            row.next();
            int major = row.getInt("major");
            String fsync = row.getString("fsync");
            if (!isExpected(programs, major) || !"on".equals(fsync)) {
                throw new LocalServerException(
                        "the server at %s is version %d with fsync %s; expected %s with fsync on"
                                .formatted(address, major, fsync, expected(programs)));
            }
        } catch (SQLException e) {
            throw noAnswer(address, e);
        }
    }

    private static boolean isExpected(ServerPrograms programs, int major) {
        return switch (programs) {
            case ServerPrograms.Bundled() -> major == MAJOR_VERSION_BUNDLED;
            case ServerPrograms.InJar(var _) -> major >= MAJOR_VERSION_MIN;
        };
    }

    private static String expected(ServerPrograms programs) {
        return switch (programs) {
            case ServerPrograms.Bundled() -> "version " + MAJOR_VERSION_BUNDLED;
            case ServerPrograms.InJar(var _) -> "version " + MAJOR_VERSION_MIN + " or newer";
        };
    }

    static LocalServerException noAnswer(ServerAddress address, SQLException e) {
        return new LocalServerException(
                "the server at " + address + " does not answer: " + e.getMessage(), e);
    }
}
