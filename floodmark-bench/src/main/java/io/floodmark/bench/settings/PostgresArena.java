package io.floodmark.bench.settings;

import io.floodmark.bench.ingest.EventIds;
import io.floodmark.bench.ingest.ThroughPipeline;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.floodmark.load.time.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// As many events as two threads can make go through the pipeline into PostgreSQL.
final class PostgresArena implements Arena {
    private static final int SENDERS = 2;
    private static final int CONNECTS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final EventTables tables = new EventTables();
    private final Function<String, Writing> meaning;
    private final AtomicLong numbers = new AtomicLong();

    /// @param meaning what a value says of the writing
    PostgresArena(Function<String, Writing> meaning) {
        this.meaning = meaning;
    }

    @Override
    public Trial measure(String value, Duration length) throws Exception {
        Writing writing = meaning.apply(value);
        tables.empty();
        double connectMillis = connectMillis();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Sink sink =
                writing.batchesOfConnection().isPresent()
                        ? new Reconnecting(tables.sink(), writing.batchesOfConnection().getAsInt())
                        : tables.sink();
        Pipeline pipeline =
                Pipeline.start(
                        sink,
                        writing.pipeline(),
                        new IngestMetrics(registry),
                        SystemTime.INSTANCE::nanos);
        long start = SystemTime.INSTANCE.nanos();
        Totals totals = send(pipeline, start + length.toNanos());
        double seconds = (SystemTime.INSTANCE.nanos() - start) / 1e9;
        boolean drained = pipeline.drain(PATIENCE);
        return new Trial(
                totals.stored / seconds,
                drained && totals.other == 0,
                Map.of(
                        "batch_rows",
                        registry.get("ingest.batch.rows").summary().mean(),
                        "connect_ms",
                        connectMillis));
    }

    private record Totals(long stored, long other) {}

    private Totals send(Pipeline pipeline, long end) throws Exception {
        long stored = 0;
        long other = 0;
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<ThroughPipeline.Sent>> all = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                all.add(
                        senders.submit(
                                new ThroughPipeline(
                                        pipeline,
                                        EventIds.TIME_ORDERED,
                                        numbers,
                                        () -> SystemTime.INSTANCE.nanos() < end)));
            }
            for (Future<ThroughPipeline.Sent> one : all) {
                ThroughPipeline.Sent sent = one.get(10, TimeUnit.MINUTES);
                stored += sent.stored();
                other += sent.other();
            }
        }
        return new Totals(stored, other);
    }

    /// What a new connection takes while nothing else goes on.
    private double connectMillis() throws SQLException {
        long start = SystemTime.INSTANCE.nanos();
        for (int i = 0; i < CONNECTS; i++) {
            try (Connection connection = tables.database().open()) {
                connection.getMetaData();
            }
        }
        return (SystemTime.INSTANCE.nanos() - start) / 1e6 / CONNECTS;
    }

    @Override
    public void close() {
        tables.close();
    }
}
