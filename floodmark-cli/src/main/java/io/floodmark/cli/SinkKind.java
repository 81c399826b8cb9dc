package io.floodmark.cli;

import io.floodmark.ingest.flow.PipelineSettings;
import java.util.Locale;

/// Where `floodmark ingest` can store events.
enum SinkKind {
    POSTGRES,
    KAFKA,
    CLICKHOUSE;

    /// As in options, and as the level of acknowledgement that it gives.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    PipelineSettings pipeline() {
        return switch (this) {
            case POSTGRES -> PipelineSettings.defaults();
            case KAFKA -> PipelineSettings.forKafka();
            case CLICKHOUSE -> PipelineSettings.forClickHouse();
        };
    }

    @Override
    public String toString() {
        return label();
    }
}
