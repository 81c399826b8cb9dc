package io.floodmark.store.postgres.schema;

import java.time.Duration;

/// Bounds of reads, and how replicas are used.
///
/// @param connectionsMax connections that reads take from one data source at the same time; more
///   reads wait in order of arrival; not more than the data source can give; default 8
/// @param pageEventsMax most events in one page; pages of large events are shorter; default 1,000
/// @param replicaWait how long a read that needs a position waits for a replica to have it before
///   it goes to the primary; default 200 ms
/// @param hedgeAfter when a replica has not answered for so long, the read is also sent to another
///   server; default 50 ms
/// @param hedgeShare most hedged reads per read, 0 (never hedge) to 1; default 0.05
public record ReadSettings(
        int connectionsMax,
        int pageEventsMax,
        Duration replicaWait,
        Duration hedgeAfter,
        double hedgeShare) {
    /// Checks the values.
    public ReadSettings {
        StoreSettings.within("connectionsMax", connectionsMax, 1, 10_000);
        StoreSettings.within("pageEventsMax", pageEventsMax, 1, 10_000);
        StoreSettings.positive("replicaWait", replicaWait);
        StoreSettings.positive("hedgeAfter", hedgeAfter);
        if (!(hedgeShare >= 0 && hedgeShare <= 1)) {
            throw new IllegalArgumentException("hedgeShare must be 0 to 1, was " + hedgeShare);
        }
    }

    /// The documented defaults.
    public static ReadSettings defaults() {
        return new ReadSettings(8, 1_000, Duration.ofMillis(200), Duration.ofMillis(50), 0.05);
    }
}
