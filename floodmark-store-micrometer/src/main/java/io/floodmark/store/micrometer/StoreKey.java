package io.floodmark.store.micrometer;

import io.micrometer.common.docs.KeyName;

/// The keys of a store's observations and meters, named as in `docs/store-observability.md`.
///
/// Keys with a prefix have many values: they are in spans, never in metrics.
public enum StoreKey implements KeyName {
    /// What the application calls the store.
    STORE("store"),
    /// What came of an operation or a group commit.
    OUTCOME("outcome"),
    /// Which server answered.
    SERVER("server"),
    /// Which operation a meter is about.
    OPERATION("operation"),
    /// How a group commit kept other processes out.
    MODE("mode"),
    /// Events stored or delivered.
    EVENTS("floodmark.store.events"),
    /// Payload and metadata of these events.
    BYTES("floodmark.store.bytes"),
    /// Time in statements, in nanoseconds.
    SQL_NANOS("floodmark.store.sql_nanos"),
    /// Of the last event stored, of the event that forbade the append, of the snapshot that is
    /// there.
    POSITION("floodmark.store.position"),
    /// Appends in one group commit.
    REQUESTS("floodmark.store.requests"),
    /// How often a group commit was tried.
    TRIES("floodmark.store.tries");

    /// The value of [#OUTCOME] for what has not ended, as in a long-task timer.
    public static final String ONGOING = "ongoing";

    private final String key;

    StoreKey(String key) {
        this.key = key;
    }

    @Override
    public String asString() {
        return key;
    }
}
