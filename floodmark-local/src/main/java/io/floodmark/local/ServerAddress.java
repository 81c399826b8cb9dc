package io.floodmark.local;

import java.util.Objects;

/// Where a local server is reached, and with which credentials; its text leaves the password out.
///
/// @param host the loopback address
/// @param port TCP port
/// @param database database
/// @param user superuser of the server
/// @param password letters, digits, `-` and `_` only, so that it needs no escaping anywhere
public record ServerAddress(String host, int port, String database, String user, String password) {
    /// Checks the values.
    public ServerAddress {
        Objects.requireNonNull(host);
        Objects.requireNonNull(database);
        Objects.requireNonNull(user);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be in 1..65535, was " + port);
        }
        if (!password.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("the password has characters that need escaping");
        }
    }

    static ServerAddress loopback(int port, String password) {
        return new ServerAddress("127.0.0.1", port, "postgres", "postgres", password);
    }

    /// The JDBC URL, without credentials.
    public String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /// The URI that psql and other libpq programs take, **with the password**.
    public String libpqUri() {
        return "postgresql://" + user + ":" + password + "@" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }
}
