package io.floodmark.store.postgres.append;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.postgres.read.LogReader;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.postgres.session.Sessions;
import io.floodmark.store.tck.history.HistoryTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/// The append engine under test together with the reads of the store.
final class OpenStore implements HistoryTarget, AutoCloseable {
    private static final Duration HEAD = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 6;

    private final HikariDataSource pool;
    private final AppendEngine engine;
    private final LogReader reader;

    private OpenStore(HikariDataSource pool, AppendEngine engine, LogReader reader) {
        this.pool = pool;
        this.engine = engine;
        this.reader = reader;
    }

    static OpenStore open(StoreSettings settings) throws SQLException {
        return open(
                Servers.connections(Servers.shared()),
                settings,
                EngineLimits.of(settings.append()));
    }

    static OpenStore open(DataSource connections, StoreSettings settings, EngineLimits limits)
            throws SQLException {
        return open(connections, connections, settings, limits);
    }

    /// @param writer gives the writer's connections
    static OpenStore open(
            DataSource writer, DataSource others, StoreSettings settings, EngineLimits limits)
            throws SQLException {
        var config = new HikariConfig();
        config.setDataSource(others);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Servers.CONNECT_MAX.toMillis());
        config.setInitializationFailTimeout(-1);
        var pool = new HikariDataSource(config);
        var sessions = new Sessions("primary", pool, CONNECTIONS);
        try (Connection connection = others.getConnection()) {
            var layout = new StoreSchema(settings.names()).check(connection);
            var reader = new LogReader(sessions, List.of(), settings, layout, System::nanoTime);
            var engine = AppendEngine.open(writer, sessions, settings, limits);
            return new OpenStore(pool, engine, reader);
        }
    }

    AppendEngine engine() {
        return engine;
    }

    @Override
    public AppendResult append(List<Event> events, AppendCondition condition, Duration timeout) {
        return engine.append(events, condition, timeout);
    }

    @Override
    public EventStream read(ReadRequest request, Duration timeout) {
        return reader.read(request, timeout);
    }

    @Override
    public Position head() {
        return reader.head(new Consistency.Strong(), HEAD);
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }
}
