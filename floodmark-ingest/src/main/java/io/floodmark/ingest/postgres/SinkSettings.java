package io.floodmark.ingest.postgres;

import java.time.Duration;

/// How the sink writes.
///
/// @param patience how long a batch is tried again while the database is away; default 5 s
/// @param answer how long the database may take for one answer; default 10 s
/// @param pause between two tries; default 100 ms
/// @param dedupDays how many days (UTC) tell duplicates, the current one included; 1 to 366,
///   default 2
public record SinkSettings(Duration patience, Duration answer, Duration pause, int dedupDays) {
    /// Most days that can be looked through.
    public static final int DEDUP_DAYS_MAX = 366;

    /// Checks the values.
    public SinkSettings {
        if (patience.isNegative() || !answer.isPositive() || !pause.isPositive()) {
            throw new IllegalArgumentException(
                    "patience, answer and pause must be positive, were %s, %s and %s"
                            .formatted(patience, answer, pause));
        }
        if (dedupDays < 1 || dedupDays > DEDUP_DAYS_MAX) {
            throw new IllegalArgumentException(
                    "the days that tell duplicates must be 1 to %d, were %d"
                            .formatted(DEDUP_DAYS_MAX, dedupDays));
        }
    }

    /// The documented defaults.
    public static SinkSettings defaults() {
        return new SinkSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(100), 2);
    }

    /// The same with so many days.
    public SinkSettings withDedupDays(int days) {
        return new SinkSettings(patience, answer, pause, days);
    }
}
