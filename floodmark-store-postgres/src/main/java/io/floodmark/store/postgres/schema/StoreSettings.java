package io.floodmark.store.postgres.schema;

import java.time.Duration;

/// How a PostgreSQL event store is laid out and run; every value has a default.
///
/// @param names schema and table prefix
/// @param storage layout of the tables
/// @param append bounds of the append engine
/// @param read bounds of reads and how replicas are used
/// @param subscribe pace of subscriptions
public record StoreSettings(
        StoreNames names,
        StorageSettings storage,
        AppendSettings append,
        ReadSettings read,
        SubscribeSettings subscribe) {

    /// The defaults, in schema `floodmark`.
    public static StoreSettings defaults() {
        return new StoreSettings(
                StoreNames.defaults(),
                StorageSettings.defaults(),
                AppendSettings.defaults(),
                ReadSettings.defaults(),
                SubscribeSettings.defaults());
    }

    /// The same with other names.
    public StoreSettings with(StoreNames other) {
        return new StoreSettings(other, storage, append, read, subscribe);
    }

    /// The same with another layout.
    public StoreSettings with(StorageSettings other) {
        return new StoreSettings(names, other, append, read, subscribe);
    }

    /// The same with other bounds of appends.
    public StoreSettings with(AppendSettings other) {
        return new StoreSettings(names, storage, other, read, subscribe);
    }

    /// The same with other bounds of reads.
    public StoreSettings with(ReadSettings other) {
        return new StoreSettings(names, storage, append, other, subscribe);
    }

    /// The same with another pace of subscriptions.
    public StoreSettings with(SubscribeSettings other) {
        return new StoreSettings(names, storage, append, read, other);
    }

    static Duration positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " must be positive, was " + value);
        }
        return value;
    }

    static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, was %d".formatted(what, least, most, value));
        }
    }
}
