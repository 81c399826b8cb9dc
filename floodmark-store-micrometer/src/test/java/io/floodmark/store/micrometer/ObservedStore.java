package io.floodmark.store.micrometer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.local.LocalPostgres;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.schema.AppendSettings;
import io.floodmark.store.postgres.schema.ReadSettings;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/// A fresh store with small bounds on a real server, and the listener on it.
final class ObservedStore implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);
    static final int PAGE_EVENTS = 3;
    static final int QUEUE_MAX = 1;

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int CONNECTIONS = 12;

    private final HikariDataSource pool;
    private final StoreNames names;
    private final PostgresEventStore store;

    private static final class Holder {
        static final LocalPostgres SERVER = LocalPostgres.start();
    }

    private ObservedStore(HikariDataSource pool, StoreNames names, PostgresEventStore store) {
        this.pool = pool;
        this.names = names;
        this.store = store;
    }

    static ObservedStore open(ObservationRegistry observations, MeterRegistry meters) {
        return open(observations, meters, UnaryOperator.identity());
    }

    /// @param wrapped what the store gets its connections from
    static ObservedStore open(
            ObservationRegistry observations,
            MeterRegistry meters,
            UnaryOperator<DataSource> wrapped) {
        HikariDataSource pool = pool();
        var names = new StoreNames("observed" + NAMES.incrementAndGet(), "");
        StoreSettings settings =
                StoreSettings.defaults()
                        .with(names)
                        .with(
                                new AppendSettings(
                                        1_000,
                                        1 << 20,
                                        QUEUE_MAX,
                                        2_000,
                                        Duration.ofSeconds(10),
                                        0.5))
                        .with(
                                new ReadSettings(
                                        8,
                                        PAGE_EVENTS,
                                        Duration.ofMillis(100),
                                        Duration.ofMillis(50),
                                        0));
        var _ = new StoreSchema(names).init(pool, settings.storage());
        var listener = MicrometerStoreListener.of("library", observations, meters);
        var store = PostgresEventStore.open(wrapped.apply(pool), List.of(), settings, listener);
        return new ObservedStore(pool, names, store);
    }

    private static HikariDataSource pool() {
        var address = Holder.SERVER.address();
        var config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    PostgresEventStore store() {
        return store;
    }

    DataSource connections() {
        return pool;
    }

    String headTable() {
        return names.logHead();
    }

    void append(int count) {
        var _ = store.append(events(count), AppendCondition.none(), LONG);
    }

    static List<Event> events(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i ->
                        Event.of("BookLent", Json.of("{\"n\":" + i + "}"), Tag.of("book", "1")))
                .toList();
    }

    @Override
    public void close() {
        store.close();
        pool.close();
    }
}
