package io.floodmark.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.local.LocalPostgres;
import io.floodmark.local.ServerAddress;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// Servers for tests, fresh stores on them, and what most tests do with a store.
public final class TestStores {
    /// Far more than anything takes here.
    public static final Duration LONG = Duration.ofSeconds(60);

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int CONNECTIONS = 40;

    private TestStores() {}

    private static final class Holder {
        static final LocalPostgres SERVER = LocalPostgres.start();
        static final DataSource POOL = pool(SERVER.address());
    }

    /// The server of the tests that do not disturb it; it ends with the JVM.
    public static LocalPostgres server() {
        return Holder.SERVER;
    }

    /// Connections to the shared server.
    public static DataSource shared() {
        return Holder.POOL;
    }

    public static HikariDataSource pool(ServerAddress address) {
        var config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /// Settings with names that no other test has.
    public static StoreSettings freshNames() {
        return StoreSettings.defaults().with(new StoreNames("t" + NAMES.incrementAndGet(), ""));
    }

    /// A new, empty store on the shared server.
    public static PostgresEventStore open(StoreSettings settings) {
        return open(shared(), settings);
    }

    public static PostgresEventStore open(DataSource primary, StoreSettings settings) {
        var _ = new StoreSchema(settings.names()).init(primary, settings.storage());
        return PostgresEventStore.open(primary, List.of(), settings);
    }

    public static Position append(EventStore store, Event... events) {
        return append(store, List.of(events));
    }

    /// Appends without a condition; the last position.
    public static Position append(EventStore store, List<Event> events) {
        return switch (store.append(events, AppendCondition.none(), LONG)) {
            case AppendResult.Appended(Position _, Position last) -> last;
            case AppendResult.Conflict conflict -> throw new AssertionError(conflict.toString());
            case AppendResult.NothingToAppend _ -> Position.START;
        };
    }

    public static Event event(String type, Tag... tags) {
        return Event.of(type, Json.EMPTY_OBJECT, tags);
    }

    public static void execute(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
