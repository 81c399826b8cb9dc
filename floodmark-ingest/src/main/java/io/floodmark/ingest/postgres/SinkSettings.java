package io.floodmark.ingest.postgres;

import java.time.Duration;

/// How the sink writes.
///
/// @param patience how long a batch is tried again while the database is away; default 5 s
/// @param answer how long the database may take for one answer; default 10 s
/// @param pause between two tries; default 100 ms
public record SinkSettings(Duration patience, Duration answer, Duration pause) {

    /// Checks the values.
    public SinkSettings {
        if (patience.isNegative() || !answer.isPositive() || !pause.isPositive()) {
            throw new IllegalArgumentException(
                    "patience, answer and pause must be positive, were %s, %s and %s"
                            .formatted(patience, answer, pause));
        }
    }

    /// The documented defaults.
    public static SinkSettings defaults() {
        return new SinkSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(100));
    }
}
