package io.floodmark.store.postgres.schema;

import java.time.Duration;

/// Bounds of the append engine.
///
/// @param tailEventsMax recent events kept in memory, against which conditions are checked without
///   a query; default 100,000
/// @param tailBytesMax most bytes of payload, metadata and tags of that tail; default 64 MiB
/// @param queueRequestsMax appends that may wait; one more is refused as overload; default 10,000
/// @param batchEventsMax events in one commit, at least the events of one append; default 2,000
/// @param resolveTimeout how long the outcome of a commit is looked for after its connection was
///   lost; default 10 s
/// @param segmentsAhead the next segment is made when less than this share of the newest is left;
///   default 0.5
public record AppendSettings(
        int tailEventsMax,
        long tailBytesMax,
        int queueRequestsMax,
        int batchEventsMax,
        Duration resolveTimeout,
        double segmentsAhead) {
    /// Checks the values.
    public AppendSettings {
        StoreSettings.within("tailEventsMax", tailEventsMax, 1, 10_000_000);
        StoreSettings.within("tailBytesMax", tailBytesMax, 1 << 20, 1L << 40);
        StoreSettings.within("queueRequestsMax", queueRequestsMax, 1, 1_000_000);
        StoreSettings.within("batchEventsMax", batchEventsMax, 1_000, 100_000);
        StoreSettings.positive("resolveTimeout", resolveTimeout);
        if (!(segmentsAhead > 0 && segmentsAhead <= 1)) {
            throw new IllegalArgumentException(
                    "segmentsAhead must be above 0 and at most 1, was " + segmentsAhead);
        }
    }

    /// The documented defaults.
    public static AppendSettings defaults() {
        return new AppendSettings(100_000, 64L << 20, 10_000, 2_000, Duration.ofSeconds(10), 0.5);
    }
}
