package io.floodmark.bench.settings;

import io.floodmark.ingest.flow.BatchRule;
import io.floodmark.ingest.flow.PipelineSettings;
import java.util.OptionalInt;

/// How events are written into PostgreSQL.
///
/// @param writers batches under way at a time, each on a connection of its own
/// @param rows most events in a batch
/// @param batchesOfConnection after which a writer takes another connection; empty for never
record Writing(int writers, int rows, OptionalInt batchesOfConnection) {

    /// The documented defaults.
    static Writing usual() {
        PipelineSettings usual = PipelineSettings.defaults();
        return new Writing(usual.writers(), usual.rule().rowsMax(), OptionalInt.empty());
    }

    static Writing byWriters(String value) {
        return new Writing(Integer.parseInt(value), usual().rows, OptionalInt.empty());
    }

    static Writing byRows(String value) {
        return new Writing(usual().writers, Integer.parseInt(value), OptionalInt.empty());
    }

    static Writing byBatchesOfConnection(String value) {
        OptionalInt batches =
                value.equals("never")
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(value));
        return new Writing(usual().writers, usual().rows, batches);
    }

    PipelineSettings pipeline() {
        PipelineSettings usual = PipelineSettings.defaults();
        BatchRule rule = usual.rule();
        return new PipelineSettings(
                writers,
                new BatchRule(rows, rule.bytesMax(), rule.ageMax(), rule.eager()),
                usual.breaker());
    }
}
