package io.floodmark.ingest.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// The meters of inserts into ClickHouse. Every counter is there with 0 from the start. *Threads:*
/// for all.
public final class ClickHouseMetrics {
    private static final String[] ANSWERS = {"done", "refused", "unreached", "lost"};

    private final MeterRegistry registry;
    private final Counter rows;
    private final Counter letters;
    private final Counter looks;
    private final Timer seconds;

    /// Registers the meters.
    public ClickHouseMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.rows = registry.counter("ingest.clickhouse.rows.stored");
        this.letters = registry.counter("ingest.clickhouse.dead.letters");
        this.looks = registry.counter("ingest.clickhouse.looks");
        this.seconds =
                Timer.builder("ingest.clickhouse.insert")
                        .serviceLevelObjectives(
                                Duration.ofMillis(10),
                                Duration.ofMillis(50),
                                Duration.ofMillis(200),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20))
                        .register(registry);
        for (String answer : ANSWERS) {
            answers(answer);
        }
    }

    /// One try of an insert: what came back, and after which time.
    public void insert(String answer, long nanos) {
        answers(answer).increment();
        seconds.record(Duration.ofNanos(nanos));
    }

    private Counter answers(String answer) {
        return registry.counter("ingest.clickhouse.inserts", "answer", answer);
    }

    /// Rows that are certainly there.
    public void stored(int count) {
        rows.increment(count);
    }

    /// A row that went to the dead letters.
    public void buried() {
        letters.increment();
    }

    /// A look whether the rows of an insert are there whose end nobody saw.
    public void looked() {
        looks.increment();
    }
}
