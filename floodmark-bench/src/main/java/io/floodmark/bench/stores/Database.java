package io.floodmark.bench.stores;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.local.LocalPostgres;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The database of a benchmark, and connections to it beside those of the stores.
///
/// @param url for JDBC, without credentials
public record Database(String url, String user, String password) {

    static Database of(LocalPostgres server) {
        return new Database(server.url(), server.user(), server.password());
    }

    /// From `postgresql://user:password@host:port/database`.
    static Database of(URI uri) {
        String account = uri.getUserInfo();
        int colon = account == null ? 0 : account.indexOf(':');
        if (account == null || colon < 1 || !"postgresql".equals(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "a server is given as postgresql://user:password@host:port/database");
        }
        return new Database(
                "jdbc:postgresql://%s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath()),
                account.substring(0, colon),
                account.substring(colon + 1));
    }

    /// The same with server settings for each connection.
    Database with(String options) {
        return new Database(url + "?options=" + options.replace(" ", "%20"), user, password);
    }

    /// A new connection, which the caller closes.
    public Connection open() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    HikariDataSource pool() {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        return new HikariDataSource(config);
    }

    /// One statement on a connection of its own.
    public void execute(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Clears up and counts what is in tables, as the server does by itself after a while.
    public void vacuum(String... tables) throws SQLException {
        execute("VACUUM (ANALYZE) " + String.join(", ", tables));
    }

    /// The number that `sql` gives in one row; 0 for null.
    public long number(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public String toString() {
        return "Database[" + url + ", user " + user + "]";
    }
}
