package io.floodmark.load.postgres;

import io.floodmark.local.LocalPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The real server that all tests share, with few connection slots so that tests can fill them: 30,
/// of which 3 are kept for superusers and 2 are reserved. It ends with the JVM.
public final class TestServer {

    public static final int MAX_CONNECTIONS = 30;
    public static final int SUPERUSER_RESERVED = 3;
    public static final int RESERVED = 2;

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final String APP_PASSWORD = "app-secret";
    private static final AtomicInteger NAMES = new AtomicInteger();

    private TestServer() {}

    private static final class Holder {
        static final LocalPostgres SHARED = start();
    }

    /// The shared server.
    public static LocalPostgres shared() {
        return Holder.SHARED;
    }

    /// Another server of the same shape, for tests that stop it; the caller closes it.
    public static LocalPostgres start() {
        return LocalPostgres.start(
                LocalPostgres.Options.defaults()
                        .with("max_connections", Integer.toString(MAX_CONNECTIONS))
                        .with(
                                "superuser_reserved_connections",
                                Integer.toString(SUPERUSER_RESERVED))
                        .with("reserved_connections", Integer.toString(RESERVED))
                        .with("max_slot_wal_keep_size", "-1")
                        .with("shared_buffers", "32MB"));
    }

    /// The shared server's database `postgres`, as superuser.
    public static ConnectionTarget superuser() {
        return superuser(shared());
    }

    /// The database `postgres` of `server`, as superuser.
    public static ConnectionTarget superuser(LocalPostgres server) {
        return ConnectionTarget.of(
                server.host(),
                server.port(),
                server.database(),
                server.user(),
                Password.of(server.password()));
    }

    /// A new role without special rights and a new database that it owns.
    public static ConnectionTarget freshDatabase() throws SQLException {
        String name = "app" + NAMES.incrementAndGet();
        execute(
                superuser(),
                "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, APP_PASSWORD),
                "CREATE DATABASE %s OWNER %s".formatted(name, name));
        return ConnectionTarget.of(
                shared().host(), shared().port(), name, name, Password.of(APP_PASSWORD));
    }

    public static Connection connect(ConnectionTarget target) throws SQLException {
        return target.connect(CONNECT_MAX, 1);
    }

    public static void execute(ConnectionTarget target, String... statements) throws SQLException {
        try (Connection connection = connect(target);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /// Sessions that do nothing but hold slots.
    public static final class IdleSessions implements AutoCloseable {

        private final List<Connection> connections = new ArrayList<>();

        public IdleSessions(ConnectionTarget target, int count) throws SQLException {
            for (int i = 0; i < count; i++) {
                connections.add(connect(target));
            }
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    /// Waits until no client but the one that asks is connected: ended sessions linger a little.
    public static void awaitNoClients(ConnectionTarget superuser) throws Exception {
        try (Connection connection = connect(superuser)) {
            Awaiting.until(
                    "all clients are gone",
                    () ->
                            "0"
                                    .equals(
                                            text(
                                                    connection,
                                                    """
                                                    SELECT count(*) FROM pg_stat_activity
                                                     WHERE backend_type = 'client backend'
                                                       AND pid <> pg_backend_pid()
                                                    """)));
        }
    }
}
