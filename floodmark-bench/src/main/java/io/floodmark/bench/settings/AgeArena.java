package io.floodmark.bench.settings;

import io.floodmark.bench.ingest.BenchEvents;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.flow.BatchRule;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.flow.PipelineSettings;
import io.floodmark.ingest.flow.Submission;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.floodmark.load.time.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;

/// A request of ten events every 5 ms into PostgreSQL, each timed from the moment at which it was
/// due: far below what it can take, where it shows how long batches are gathered.
final class AgeArena implements Arena {
    private static final long PERIOD_NANOS = 5_000_000;
    private static final int EVENTS = 10;
    private static final int DIGITS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventTables tables = new EventTables();
    private long number;

    @Override
    public Trial measure(String value, Duration length) throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Pipeline pipeline =
                Pipeline.start(
                        tables.sink(),
                        settings(Integer.parseInt(value)),
                        new IngestMetrics(registry),
                        SystemTime.INSTANCE::nanos);
        ConcurrentHistogram responses = new ConcurrentHistogram(DIGITS);
        boolean stored = send(pipeline, length, responses);
        boolean drained = pipeline.drain(PATIENCE);
        double batches = registry.get("ingest.batch.rows").summary().count();
        return new Trial(
                responses.getValueAtPercentile(50) / 1e6,
                stored && drained,
                Map.of(
                        "p99_ms",
                        responses.getValueAtPercentile(99) / 1e6,
                        "batches_per_s",
                        batches / (length.toNanos() / 1e9)));
    }

    private static PipelineSettings settings(int ageMillis) {
        PipelineSettings usual = PipelineSettings.defaults();
        BatchRule rule = usual.rule();
        if (ageMillis == 0) {
            return usual;
        }
        Duration age = Duration.ofMillis(ageMillis);
        return new PipelineSettings(
                usual.writers(),
                new BatchRule(rule.rowsMax(), rule.bytesMax(), age, false),
                usual.breaker());
    }

    private boolean send(Pipeline pipeline, Duration length, ConcurrentHistogram responses)
            throws InterruptedException {
        List<Submission> all = new ArrayList<>();
        long start = SystemTime.INSTANCE.nanos();
        for (long due = start; due < start + length.toNanos(); due += PERIOD_NANOS) {
            while (SystemTime.INSTANCE.nanos() < due) {
                SystemTime.INSTANCE.parkUntil(due);
            }
            long from = due;
            Runnable done = () -> responses.recordValue(SystemTime.INSTANCE.nanos() - from);
            all.add(pipeline.submit("", BenchEvents.wire(number, EVENTS), false, done));
            number += EVENTS;
        }
        boolean stored = true;
        for (Submission one : all) {
            stored &= one.await(PATIENCE).stream().allMatch(Outcome.Stored.class::isInstance);
        }
        return stored;
    }

    @Override
    public void close() {
        tables.close();
    }
}
