package io.floodmark.bench.contest;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.local.StatementHook;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.tck.history.HistoryTarget;
import io.floodmark.store.tck.reference.Isolation;
import io.floodmark.store.tck.reference.SingleStatementStore;
import io.floodmark.store.tck.reference.SingleStatementTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// An open store of a side, with connections of its own.
///
/// @param target what to append to and to read
/// @param closing ends the store, then its connections
record OpenSide(HistoryTarget target, Closing closing) implements AutoCloseable {

    /// By which the server's list of sessions shows those of the appending processes.
    static final String APPENDING = "floodmark-contest";

    /// The same for the judging process, which is not harmed.
    static final String JUDGING = "floodmark-contest-judge";

    /// Part of the statement by which the event store stores a batch, and of no other.
    private static final String STORING = "pg_notify";

    private static final int CONNECTIONS = 12;
    private static final long CONNECT_MAX_MILLIS = 30_000;

    /// Ends a store.
    @FunctionalInterface
    interface Closing {
        void run() throws SQLException;
    }

    /// Makes what the side needs at the server.
    static void create(Order.Open open) throws SQLException {
        switch (open.side()) {
            case EVENT_STORE -> {
                StoreSettings settings = settings(open);
                try (HikariDataSource pool = pool(open, JUDGING)) {
                    var _ = new StoreSchema(settings.names()).init(pool, settings.storage());
                }
            }
            case SINGLE_STATEMENT -> {
                try (Connection connection = connection(open, JUDGING)) {
                    new SingleStatementTable(open.name()).create(connection);
                }
            }
        }
    }

    /// Opens the side.
    ///
    /// @param hook around the statement that stores; the peer has no such moments
    /// @param application [#APPENDING] or [#JUDGING]
    static OpenSide open(Order.Open open, StatementHook hook, String application)
            throws SQLException {
        return switch (open.side()) {
            case EVENT_STORE -> eventStore(open, hook, application);
            case SINGLE_STATEMENT -> {
                var store =
                        new SingleStatementStore(
                                () -> connection(open, application),
                                new SingleStatementTable(open.name()),
                                Isolation.READ_COMMITTED,
                                CONNECTIONS);
                yield new OpenSide(store, store::close);
            }
        };
    }

    private static OpenSide eventStore(Order.Open open, StatementHook hook, String application) {
        HikariDataSource pool = pool(open, application);
        try {
            PostgresEventStore store =
                    PostgresEventStore.open(hook.on(pool, STORING), List.of(), settings(open));
            return new OpenSide(
                    HistoryTarget.of(store),
                    () -> {
                        store.close();
                        pool.close();
                    });
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static StoreSettings settings(Order.Open open) {
        return StoreSettings.defaults().with(new StoreNames(open.name(), ""));
    }

    private static HikariDataSource pool(Order.Open open, String application) {
        var config = new HikariConfig();
        config.setJdbcUrl(open.url());
        config.setUsername(open.user());
        config.setPassword(open.password());
        config.addDataSourceProperty("ApplicationName", application);
        config.setMaximumPoolSize(StoreSettings.defaults().read().connectionsMax() + CONNECTIONS);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECT_MAX_MILLIS);
        return new HikariDataSource(config);
    }

    /// A connection that the caller closes.
    static Connection connection(Order.Open open, String application) throws SQLException {
        var properties = new java.util.Properties();
        properties.setProperty("user", open.user());
        properties.setProperty("password", open.password());
        properties.setProperty("ApplicationName", application);
        return DriverManager.getConnection(open.url(), properties);
    }

    @Override
    public void close() throws SQLException {
        closing.run();
    }
}
