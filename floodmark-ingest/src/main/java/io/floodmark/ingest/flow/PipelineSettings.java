package io.floodmark.ingest.flow;

/// How events go to the sink.
///
/// @param writers batches that are under way at a time; default 2
/// @param rule when a batch is closed
/// @param breaker when the sink is left alone
public record PipelineSettings(int writers, BatchRule rule, BreakerSettings breaker) {
    private static final int WRITERS_MAX = 64;

    /// Checks the values.
    public PipelineSettings {
        if (writers < 1 || writers > WRITERS_MAX) {
            throw new IllegalArgumentException(
                    "writers must be from 1 to %d, was %d".formatted(WRITERS_MAX, writers));
        }
    }

    /// The documented defaults for PostgreSQL.
    public static PipelineSettings defaults() {
        return new PipelineSettings(2, BatchRule.forPostgres(), BreakerSettings.defaults());
    }

    /// The documented defaults for ClickHouse: one insert at a time.
    public static PipelineSettings forClickHouse() {
        return new PipelineSettings(1, BatchRule.forClickHouse(), BreakerSettings.defaults());
    }

    /// The documented defaults for Kafka: one writer, so that the order of requests is kept.
    public static PipelineSettings forKafka() {
        return new PipelineSettings(1, BatchRule.forKafka(), BreakerSettings.defaults());
    }
}
