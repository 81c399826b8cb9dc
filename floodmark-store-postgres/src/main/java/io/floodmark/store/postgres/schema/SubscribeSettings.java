package io.floodmark.store.postgres.schema;

import java.time.Duration;

/// Pace of subscriptions.
///
/// @param poll how often the head is looked at when no notification came; default 1 s
/// @param lease how long a consumer that stopped working keeps its partitions; default 15 s
/// @param timeout longest one statement of a subscription may take; default 30 s
public record SubscribeSettings(Duration poll, Duration lease, Duration timeout) {
    /// Checks the values.
    public SubscribeSettings {
        StoreSettings.positive("poll", poll);
        StoreSettings.positive("timeout", timeout);
        if (lease.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("lease must be at least 100 ms, was " + lease);
        }
    }

    /// The documented defaults.
    public static SubscribeSettings defaults() {
        return new SubscribeSettings(
                Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(30));
    }
}
