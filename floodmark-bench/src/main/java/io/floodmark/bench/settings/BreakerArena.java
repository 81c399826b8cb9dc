package io.floodmark.bench.settings;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.bench.ingest.BenchEvents;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.flow.BreakerSettings;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.flow.PipelineSettings;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.floodmark.ingest.postgres.IngestSchema;
import io.floodmark.ingest.postgres.PostgresSink;
import io.floodmark.ingest.postgres.SinkSettings;
import io.floodmark.load.time.SystemTime;
import io.floodmark.local.LocalPostgres;
import io.floodmark.store.TimeAndChance;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// A steady trickle of events into a PostgreSQL that stops, and comes back 3 s after the breaker
/// has opened: how long that takes, and for how long nothing is stored although it is back. The
/// pool of connections is that of the service.
final class BreakerArena implements Arena {
    private static final Duration OPEN_MAX = Duration.ofMinutes(1);
    private static final Duration OUT = Duration.ofSeconds(3);
    private static final Duration BACK_MAX = Duration.ofMinutes(2);
    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final long PERIOD_NANOS = 20_000_000;
    private static final int CALLS = 1_000_000;

    private final LocalPostgres server = LocalPostgres.start();
    private final HikariDataSource pool = new HikariDataSource(config(server));
    private final PostgresSink sink =
            PostgresSink.open(
                    pool,
                    new IngestSchema("settings_bench"),
                    SinkSettings.defaults(),
                    TimeAndChance.system());
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();

    private static HikariConfig config(LocalPostgres server) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(SinkSettings.defaults().patience().toMillis());
        config.setInitializationFailTimeout(-1);
        return config;
    }

    @Override
    public void warmUp(List<String> values, Duration length) {
        // What takes seconds is not made shorter by a warm JVM.
    }

    @Override
    public Trial measure(String value, Duration length) throws Exception {
        BreakerSettings settings = settings(value);
        PipelineSettings usual = PipelineSettings.defaults();
        Pipeline pipeline =
                Pipeline.start(
                        sink,
                        new PipelineSettings(usual.writers(), usual.rule(), settings),
                        new IngestMetrics(new SimpleMeterRegistry()),
                        SystemTime.INSTANCE::nanos);
        double healthy = trickle(pipeline, BEFORE, () -> false);
        server.stop();
        double opened = trickle(pipeline, OPEN_MAX, pipeline::isShut);
        trickle(pipeline, OUT, () -> false);
        server.restart();
        long before = stored.get();
        double back = trickle(pipeline, BACK_MAX, () -> stored.get() > before);
        boolean drained = pipeline.drain(BACK_MAX);
        boolean valid =
                drained
                        && healthy > 0
                        && opened < OPEN_MAX.toSeconds()
                        && back < BACK_MAX.toSeconds();
        return new Trial(
                back,
                valid,
                Map.of("until_open_s", opened, "ns_per_batch", nanosPerBatch(settings)));
    }

    private static BreakerSettings settings(String value) {
        String[] parts = value.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(
                    value
                            + " is none, such as 3/50/10/2: batches, percent, seconds they count, seconds open");
        }
        BreakerSettings usual = BreakerSettings.defaults();
        return new BreakerSettings(
                Duration.ofSeconds(Long.parseLong(parts[2])),
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                usual.slow(),
                Duration.ofSeconds(Long.parseLong(parts[3])));
    }

    /// Offers one event at a time, as long as requests would be let in; says after which time it
    /// ended.
    private double trickle(Pipeline pipeline, Duration most, BooleanSupplier until) {
        long start = SystemTime.INSTANCE.nanos();
        for (long due = start; due < start + most.toNanos(); due += PERIOD_NANOS) {
            while (SystemTime.INSTANCE.nanos() < due) {
                SystemTime.INSTANCE.parkUntil(due);
            }
            if (until.getAsBoolean()) {
                break;
            }
            if (!pipeline.isShut()) {
                offer(pipeline);
            }
        }
        return (SystemTime.INSTANCE.nanos() - start) / 1e9;
    }

    private void offer(Pipeline pipeline) {
        var events = BenchEvents.wire(numbers.getAndIncrement(), 1);
        var submission = pipeline.submit("", events, false, () -> {});
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        if (submission.await(BACK_MAX).getFirst() instanceof Outcome.Stored) {
                            stored.incrementAndGet();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /// What it costs while all goes well.
    private static double nanosPerBatch(BreakerSettings settings) {
        CircuitBreaker breaker = settings.breaker();
        long start = SystemTime.INSTANCE.nanos();
        for (int i = 0; i < CALLS; i++) {
            if (!breaker.tryAcquirePermission()) {
                throw new IllegalStateException("a breaker opened without a failure");
            }
            breaker.onSuccess(PERIOD_NANOS, TimeUnit.NANOSECONDS);
        }
        return (SystemTime.INSTANCE.nanos() - start) / (double) CALLS;
    }

    @Override
    public void close() {
        pool.close();
        server.close();
    }
}
