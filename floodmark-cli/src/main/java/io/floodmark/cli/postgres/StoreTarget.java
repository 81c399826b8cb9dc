package io.floodmark.cli.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.store.EventStore;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.inspect.LogVerifier;
import io.floodmark.store.postgres.inspect.StoreStatistics;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where a store is: server, perhaps a replica, and the names of its tables.
///
/// @param primary takes writes
/// @param replica answers reads that may be old
/// @param names of the tables
public record StoreTarget(
        ConnectionTarget primary, Optional<ConnectionTarget> replica, StoreNames names) {
    private static final int CONNECTIONS_MAX = 12;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    /// @throws IllegalArgumentException when the names cannot be names of tables
    public StoreTarget(
            ConnectionTarget primary,
            Optional<ConnectionTarget> replica,
            String schema,
            String prefix) {
        this(primary, replica, new StoreNames(schema, prefix));
    }

    /// Makes the tables where they are missing, and returns the layout that there is then.
    ///
    /// @param segmentSize positions per segment; default when not said
    /// @param promotedKeys payload keys to index like tags
    public StoreLayout init(Optional<Long> segmentSize, Set<String> promotedKeys) {
        StorageSettings defaults = StorageSettings.defaults();
        StorageSettings storage =
                new StorageSettings(
                        segmentSize.orElse(defaults.segmentSize()),
                        new TreeSet<>(promotedKeys),
                        defaults.conditionRecords());
        try (HikariDataSource pool = pool(primary)) {
            return new StoreSchema(names).init(pool, storage);
        }
    }

    /// Opens the store, whose tables must exist. Closing it ends its connections.
    public EventStore open() {
        HikariDataSource main = pool(primary);
        List<HikariDataSource> replicas = replica.map(StoreTarget::pool).stream().toList();
        try {
            StoreSettings settings = StoreSettings.defaults().with(names);
            EventStore store =
                    PostgresEventStore.open(
                            main,
                            List.copyOf(replicas),
                            settings.with(settings.storage().withConditionRecords(true)));
            return new PooledStore(
                    store,
                    () -> {
                        replicas.forEach(HikariDataSource::close);
                        main.close();
                    });
        } catch (RuntimeException e) {
            replicas.forEach(HikariDataSource::close);
            main.close();
            throw e;
        }
    }

    /// Reads what there is in the tables.
    ///
    /// @param typesMax most types that are counted apart
    public StoreStatistics statistics(int typesMax) {
        try (HikariDataSource pool = pool(primary)) {
            return StoreStatistics.read(pool, names, typesMax);
        }
    }

    /// Checks the whole log.
    public LogVerifier.Report verify(LogVerifier.Observer observer) {
        try (HikariDataSource pool = pool(primary)) {
            return new LogVerifier(pool, names).verify(observer);
        }
    }

    static HikariDataSource pool(ConnectionTarget target) {
        HikariConfig config = new HikariConfig();
        String host = target.host().contains(":") ? "[" + target.host() + "]" : target.host();
        config.setJdbcUrl(
                "jdbc:postgresql://%s:%d/%s"
                        .formatted(
                                host,
                                target.port(),
                                URLEncoder.encode(target.database(), StandardCharsets.UTF_8)));
        config.setUsername(target.user());
        config.setPassword(target.password().reveal());
        config.addDataSourceProperty("sslmode", target.sslMode().label());
        config.addDataSourceProperty("ApplicationName", target.applicationName());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.setPoolName("floodmark-store");
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT_MAX.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
