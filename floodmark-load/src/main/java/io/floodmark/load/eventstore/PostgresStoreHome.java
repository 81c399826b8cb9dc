package io.floodmark.load.eventstore;

import io.floodmark.load.config.AfterRun;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.events.StoreHome;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.postgres.Errand;
import io.floodmark.load.preflight.OwnObject;
import io.floodmark.load.workload.OwnSchema;
import io.floodmark.load.workload.Supervision;
import io.floodmark.load.workload.WorkloadContext;
import io.floodmark.store.EventStore;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.schema.ReadSettings;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The PostgreSQL event store on the server under load, in a schema of its own, with connections
/// that the governor bounds.
public final class PostgresStoreHome implements StoreHome {

    /// Beyond those for reads: the writer, notifications, segments.
    private static final int OTHER_CONNECTIONS = 3;

    /// More reads at once help no longer: the server has fewer cores.
    private static final int READ_CONNECTIONS_MAX = 16;

    private static final Duration ERRAND_MAX = Duration.ofMinutes(5);

    private final WorkloadContext context;
    private final OwnSchema schema;
    private final int readConnections;
    private Optional<Opened> opened = Optional.empty();
    private boolean made;

    private record Opened(EventStore store, StorePools pools, Supervision supervision) {}

    public PostgresStoreHome(WorkloadContext context) {
        this.context = context;
        RunConfig config = context.config();
        RunConfig.Events events = config.events();
        schema =
                new OwnSchema(
                        new OwnObject.Schema(events.schema()),
                        events.afterRun(),
                        new Errand(context.target(), ERRAND_MAX));
        int wanted = Math.min(config.pool().maxConnections(), config.load().workers());
        readConnections = Math.clamp(wanted - OTHER_CONNECTIONS, 1, READ_CONNECTIONS_MAX);
    }

    @Override
    public OwnObject own() {
        return schema.schema();
    }

    @Override
    public int connectionsMax() {
        return readConnections + OTHER_CONNECTIONS;
    }

    @Override
    public EventStore open(Consumer<String> progress) {
        schema.make(progress);
        made = true;
        StorePools pools =
                StorePools.open(
                        context.target(), context.replica(), connectionsMax(), readConnections);
        try {
            StoreSettings settings = settings();
            new StoreSchema(settings.names()).init(pools.primary(), settings.storage());
            Supervision supervision = Supervision.start(context, pools, connectionsMax());
            EventStore store = PostgresEventStore.open(pools.primary(), pools.replicas(), settings);
            opened = Optional.of(new Opened(store, pools, supervision));
            return store;
        } catch (RuntimeException e) {
            pools.close();
            throw e;
        }
    }

    private StoreSettings settings() {
        ReadSettings usual = ReadSettings.defaults();
        return StoreSettings.defaults()
                .with(new StoreNames(schema.schema().name(), ""))
                .with(
                        new ReadSettings(
                                readConnections,
                                usual.pageEventsMax(),
                                usual.replicaWait(),
                                usual.hedgeAfter(),
                                usual.hedgeShare()));
    }

    @Override
    public SortedMap<String, Long> gauges() {
        SortedMap<String, Long> gauges = new TreeMap<>();
        opened.ifPresent(all -> {
            gauges.putAll(all.supervision().gauges());
            gauges.putAll(all.pools().gauges());
        });
        return gauges;
    }

    @Override
    public void close() {
        opened.ifPresent(PostgresStoreHome::close);
        opened = Optional.empty();
        if (made && context.config().events().afterRun() != AfterRun.KEEP) {
            try {
                schema.drop();
            } catch (ConnectionFailure | ConfigurationException e) {
                context.control()
                        .notice(
                                "schema %s could not be dropped (%s); drop it by hand if it is yours"
                                        .formatted(schema.schema().name(), e.getMessage()));
            }
        }
    }

    private static void close(Opened all) {
        all.supervision().close();
        all.store().close();
        all.pools().close();
    }
}
