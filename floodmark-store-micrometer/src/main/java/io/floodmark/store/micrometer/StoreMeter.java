package io.floodmark.store.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/// The meters of a store beside its observations, named as in `docs/store-observability.md`.
public enum StoreMeter implements MeterDocumentation {
    /// Time in statements, for each operation.
    SQL("sql", Meter.Type.TIMER),
    /// Events of one append, page or delivery.
    EVENTS("events", Meter.Type.DISTRIBUTION_SUMMARY),
    /// Payloads and metadata of one append, page or delivery.
    BYTES("bytes", Meter.Type.DISTRIBUTION_SUMMARY),
    /// Appends in one group commit.
    COMMIT_REQUESTS("commit.requests", Meter.Type.DISTRIBUTION_SUMMARY),
    /// Events that one group commit stored.
    COMMIT_EVENTS("commit.events", Meter.Type.DISTRIBUTION_SUMMARY),
    /// How often one group commit was tried.
    COMMIT_TRIES("commit.tries", Meter.Type.DISTRIBUTION_SUMMARY),
    /// Time of one group commit in statements.
    COMMIT_SQL("commit.sql", Meter.Type.TIMER),
    /// Appends that wait for the writer now.
    APPENDS_WAITING("appends.waiting", Meter.Type.GAUGE),
    /// Calls that wait for a connection to the primary now.
    CONNECTIONS_AWAITED("connections.awaited", Meter.Type.GAUGE);

    static final String PREFIX = "floodmark.store.";

    private final String name;
    private final Meter.Type type;

    StoreMeter(String name, Meter.Type type) {
        this.name = PREFIX + name;
        this.type = type;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Meter.Type getType() {
        return type;
    }
}
