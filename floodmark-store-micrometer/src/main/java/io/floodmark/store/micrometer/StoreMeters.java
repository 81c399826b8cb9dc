package io.floodmark.store.micrometer;

import io.floodmark.store.observe.CommitEnd;
import io.floodmark.store.observe.Operation;
import io.floodmark.store.observe.OperationEnd;
import io.floodmark.store.observe.Outcome;
import io.floodmark.store.observe.StoreGauges;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

/// Records what has no duration of its own. *Threads:* for all.
final class StoreMeters {
    private final String store;
    private final MeterRegistry registry;
    private final Meter.MeterProvider<Timer> sql;
    private final Meter.MeterProvider<DistributionSummary> events;
    private final Meter.MeterProvider<DistributionSummary> bytes;
    private final DistributionSummary commitRequests;
    private final DistributionSummary commitEvents;
    private final DistributionSummary commitTries;
    private final Timer commitSql;
    private final List<Meter> gauges = new CopyOnWriteArrayList<>();

    StoreMeters(String store, MeterRegistry registry) {
        this.store = store;
        this.registry = registry;
        this.sql = timer(StoreMeter.SQL).withRegistry(registry);
        this.events = summary(StoreMeter.EVENTS, "events").withRegistry(registry);
        this.bytes = summary(StoreMeter.BYTES, "bytes").withRegistry(registry);
        this.commitRequests = summary(StoreMeter.COMMIT_REQUESTS, "appends").register(registry);
        this.commitEvents = summary(StoreMeter.COMMIT_EVENTS, "events").register(registry);
        this.commitTries = summary(StoreMeter.COMMIT_TRIES, "tries").register(registry);
        this.commitSql = timer(StoreMeter.COMMIT_SQL).register(registry);
    }

    private Timer.Builder timer(StoreMeter meter) {
        return Timer.builder(meter.getName()).tag(StoreKey.STORE.asString(), store);
    }

    private DistributionSummary.Builder summary(StoreMeter meter, String unit) {
        return DistributionSummary.builder(meter.getName())
                .baseUnit(unit)
                .tag(StoreKey.STORE.asString(), store);
    }

    void record(Operation operation, OperationEnd end) {
        String key = StoreKey.OPERATION.asString();
        sql.withTags(key, operation.label(), StoreKey.SERVER.asString(), end.server().label())
                .record(end.sqlTime());
        if (movesEvents(operation) && moved(end.outcome())) {
            events.withTag(key, operation.label()).record(end.events());
            bytes.withTag(key, operation.label()).record((double) end.bytes());
        }
    }

    private static boolean movesEvents(Operation operation) {
        return switch (operation) {
            case APPEND, APPEND_IN_TRANSACTION, READ, READ_PAGE, SUBSCRIPTION_NEXT -> true;
            case HEAD,
                    SNAPSHOT_SAVE,
                    SNAPSHOT_LOAD,
                    SNAPSHOT_DELETE,
                    SUBSCRIPTION_OPEN,
                    SUBSCRIPTION_ACKNOWLEDGE,
                    SUBSCRIPTION_CHECKPOINT,
                    SUBSCRIPTION_DELETE ->
                    false;
        };
    }

    private static boolean moved(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Appended _, Outcome.Done _ -> true;
            case Outcome.Repeated _,
                    Outcome.Conflict _,
                    Outcome.Superseded _,
                    Outcome.Nothing _,
                    Outcome.Failed _ ->
                    false;
        };
    }

    void record(CommitEnd end) {
        commitRequests.record(end.requests());
        commitEvents.record(end.events());
        commitTries.record(end.tries());
        commitSql.record(end.sqlTime());
    }

    void add(StoreGauges of) {
        add(StoreMeter.APPENDS_WAITING, of, StoreGauges::appendsWaiting);
        add(StoreMeter.CONNECTIONS_AWAITED, of, StoreGauges::connectionsAwaited);
    }

    private void add(StoreMeter meter, StoreGauges of, ToDoubleFunction<StoreGauges> value) {
        gauges.add(
                Gauge.builder(meter.getName(), of, value)
                        .tag(StoreKey.STORE.asString(), store)
                        .strongReference(true)
                        .register(registry));
    }

    void removeGauges() {
        for (Meter gauge : gauges) {
            var _ = registry.remove(gauge);
        }
        gauges.clear();
    }
}
