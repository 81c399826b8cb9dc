package io.floodmark.ingest.clickhouse;

import java.time.Duration;

/// How inserts are tried.
///
/// @param patience how long a batch is tried again while ClickHouse is away; default 5 s
/// @param answer how long ClickHouse may take for one answer; default 10 s
/// @param pause between two tries; default 100 ms
public record InsertSettings(Duration patience, Duration answer, Duration pause) {

    /// Checks the values.
    public InsertSettings {
        if (patience.isNegative() || answer.toMillis() < 1 || !pause.isPositive()) {
            throw new IllegalArgumentException(
                    "patience, answer and pause must be positive, were %s, %s and %s"
                            .formatted(patience, answer, pause));
        }
    }

    /// The documented defaults for events whose senders wait.
    public static InsertSettings defaults() {
        return new InsertSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(100));
    }
}
