package io.floodmark.ingest.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// The meters of the way from Kafka into ClickHouse. *Threads:* for all.
public final class FeedMetrics {
    private static final double MILLIS = 1_000;

    private final Clock clock;
    private final Counter records;
    private final Counter gone;
    private final Counter brokeOff;
    private final DistributionSummary batch;
    private final Timer age;
    private volatile int partitions;
    private volatile long behind;
    private volatile long oldestMillis = Long.MAX_VALUE;

    /// Registers the meters.
    public FeedMetrics(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        this.records = registry.counter("ingest.feed.records.stored");
        this.gone = registry.counter("ingest.feed.records.gone");
        this.brokeOff = registry.counter("ingest.feed.broken.off");
        this.batch =
                DistributionSummary.builder("ingest.feed.batch.records")
                        .serviceLevelObjectives(10, 100, 1_000, 10_000, 100_000)
                        .register(registry);
        this.age =
                Timer.builder("ingest.feed.age")
                        .serviceLevelObjectives(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                Duration.ofMinutes(10))
                        .register(registry);
        Gauge.builder("ingest.feed.lag.records", () -> behind).register(registry);
        Gauge.builder("ingest.feed.partitions", () -> partitions).register(registry);
        Gauge.builder("ingest.feed.oldest.seconds", this::oldestSeconds).register(registry);
    }

    private double oldestSeconds() {
        long oldest = oldestMillis;
        return oldest == Long.MAX_VALUE ? 0 : Math.max(0, clock.millis() - oldest) / MILLIS;
    }

    /// Records of one plan that are in the tables now.
    ///
    /// @param oldest when the first of them was written, in milliseconds since 1970
    public void stored(int count, Optional<Long> oldest) {
        records.increment(count);
        batch.record(count);
        oldest.ifPresent(
                millis -> age.record(Duration.ofMillis(Math.max(0, clock.millis() - millis))));
    }

    /// Records that Kafka removed before they were read.
    public void gone(long count) {
        gone.increment((double) count);
    }

    /// Reading ended with an error and begins again.
    public void brokeOff() {
        brokeOff.increment();
    }

    /// Where the feed is.
    ///
    /// @param partitionsHeld partitions of this process
    /// @param recordsBehind records that they hold and that are not stored
    /// @param millis when the oldest record that waits in memory was written; the largest number
    ///   for none
    public void place(int partitionsHeld, long recordsBehind, long millis) {
        partitions = partitionsHeld;
        behind = recordsBehind;
        oldestMillis = millis;
    }
}
