package io.floodmark.load.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// The database that takes the load: where it is and who we are there.
///
/// @param host name or address of the server
/// @param port its port, 1 to 65535
/// @param database the database's name
/// @param user the role that logs in
/// @param password its password, masked in every text
/// @param sslMode how much TLS is wanted
/// @param applicationName how the server's other users see our sessions
public record ConnectionTarget(
        String host,
        int port,
        String database,
        String user,
        Password password,
        SslMode sslMode,
        String applicationName) {

    public static final String DEFAULT_APPLICATION_NAME = "floodmark";

    /// Seconds after which the driver gives up on a cancel request that nobody answers.
    static final int CANCEL_SIGNAL_TIMEOUT_SECONDS = 2;

    private static final int PORT_MAX = 65_535;
    private static final Duration OPEN_MAX = Duration.ofSeconds(5);

    public ConnectionTarget {
        if (host.isBlank() || !host.matches("[^/?,\\s]+")) {
            throw new IllegalArgumentException(
                    "host '%s' is not one host name or address (no socket folders, no lists)"
                            .formatted(host));
        }
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "port %d is outside 1 to %d".formatted(port, PORT_MAX));
        }
        if (database.isBlank()) {
            throw new IllegalArgumentException("the database's name is empty");
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("the user's name is empty");
        }
    }

    /// A target without TLS wishes (`prefer`) under the default application name.
    public static ConnectionTarget of(
            String host, int port, String database, String user, Password password) {
        return new ConnectionTarget(
                host, port, database, user, password, SslMode.PREFER, DEFAULT_APPLICATION_NAME);
    }

    /// `host:port/database`, without user or secret.
    public String describe() {
        return "%s:%d/%s".formatted(bracketed(), port, database);
    }

    /// Opens a connection in auto-commit mode; the caller closes it.
    ///
    /// `timeout` (rounded up to whole seconds, at least one) bounds reaching the server and each of
    /// its answers while logging in, so that a frozen server does not hold the caller; afterwards
    /// reads have no limit. `prepareThreshold` is the number of executions after which the driver
    /// prepares a statement on the server: 1 at once, 0 never.
    public Connection connect(Duration timeout, int prepareThreshold) throws SQLException {
        String url =
                "jdbc:postgresql://%s:%d/%s"
                        .formatted(
                                bracketed(),
                                port,
                                URLEncoder.encode(database, StandardCharsets.UTF_8));
        Connection connection =
                DriverManager.getConnection(url, properties(timeout, prepareThreshold));
        try {
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /// [#connect] within 5 s and without server-side preparation, for short errands.
    ///
    /// @throws ConnectionFailure that says why there is no connection
    public Connection open() {
        try {
            return connect(OPEN_MAX, 0);
        } catch (SQLException e) {
            throw ConnectionFailure.of(this, e);
        }
    }

    private Properties properties(Duration timeout, int prepareThreshold) {
        int seconds = (int) Math.max(1, timeout.plusMillis(999).toSeconds());
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password.reveal());
        properties.setProperty("sslmode", sslMode.label());
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", Integer.toString(seconds));
        // Bounds the login without the driver's loginTimeout, which would leave a thread behind
        // for each attempt against a frozen server.
        properties.setProperty("socketTimeout", Integer.toString(seconds));
        properties.setProperty(
                "cancelSignalTimeout", Integer.toString(CANCEL_SIGNAL_TIMEOUT_SECONDS));
        properties.setProperty("prepareThreshold", Integer.toString(prepareThreshold));
        return properties;
    }

    private String bracketed() {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
