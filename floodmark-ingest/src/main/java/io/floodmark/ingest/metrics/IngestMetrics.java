package io.floodmark.ingest.metrics;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// All meters of ingestion. Every counter is there with 0 from the start, so that silence and
/// health differ. *Threads:* for all.
public final class IngestMetrics {
    private static final String STAGES = "ingest.stage";
    private static final String[] REASONS = {"bytes", "rows", "age", "slot", "drain"};
    private static final String[] STAGE_NAMES = {
        "admission", "read", "parse", "wait", "answer", "request", "queue", "sink"
    };

    private final MeterRegistry registry;
    private final Map<String, Counter> flushes = new ConcurrentHashMap<>();
    private final Map<String, Timer> stages = new ConcurrentHashMap<>();
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<AckLevel, Counter> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, Counter> answered = new ConcurrentHashMap<>();
    private final Counter received;
    private final Counter receivedBytes;
    private final DistributionSummary batchRows;
    private final DistributionSummary batchBytes;

    /// Registers the meters.
    public IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.received = registry.counter("ingest.events.received");
        this.receivedBytes = registry.counter("ingest.received.bytes");
        this.batchRows =
                DistributionSummary.builder("ingest.batch.rows")
                        .serviceLevelObjectives(1, 10, 100, 1_000, 10_000)
                        .register(registry);
        this.batchBytes =
                DistributionSummary.builder("ingest.batch.bytes")
                        .serviceLevelObjectives(1e3, 1e4, 1e5, 1e6, 1e7)
                        .register(registry);
        for (String reason : REASONS) {
            flush(reason);
        }
        for (String stage : STAGE_NAMES) {
            stage(stage);
        }
        for (Rejection.Code code : Rejection.Code.values()) {
            outcome("rejected", code.label());
        }
        for (String outcome :
                new String[] {"stored", "duplicate", "queued", "not_taken", "unknown"}) {
            outcome(outcome, "none");
        }
        for (AckLevel level : AckLevel.values()) {
            acknowledged(level);
        }
        for (String state : new String[] {"open", "half_open", "closed"}) {
            transitions(state);
        }
        unauthorized();
    }

    /// Events and rejections that a body held.
    public void received(int entries, long bytes) {
        received.increment(entries);
        receivedBytes.increment((double) bytes);
    }

    /// What became of `count` events.
    public void outcome(Outcome outcome, int count) {
        if (count == 0) {
            return;
        }
        String reason =
                outcome instanceof Outcome.Rejected(Rejection rejection)
                        ? rejection.code().label()
                        : "none";
        outcome(outcome.label(), reason).increment(count);
    }

    private Counter outcome(String outcome, String reason) {
        return outcomes.computeIfAbsent(
                outcome + "/" + reason,
                _ -> registry.counter("ingest.events", "outcome", outcome, "reason", reason));
    }

    /// Events acknowledged at this level.
    public Counter acknowledged(AckLevel level) {
        return acknowledged.computeIfAbsent(
                level, _ -> registry.counter("ingest.acks", "level", level.label()));
    }

    /// A batch that went to the sink.
    ///
    /// @param reason why it was closed
    public void batch(String reason, int rows, long bytes) {
        flush(reason).increment();
        batchRows.record(rows);
        batchBytes.record((double) bytes);
    }

    private Counter flush(String reason) {
        return flushes.computeIfAbsent(
                reason, _ -> registry.counter("ingest.flush", "reason", reason));
    }

    /// The time that something spent in a stage. A `request` is the sum of its `admission`, `read`,
    /// `parse`, `wait` and `answer`; a batch spends `queue` and `sink` within the wait of its
    /// requests.
    public void stage(String stage, long nanos) {
        stage(stage).record(Duration.ofNanos(nanos));
    }

    private Timer stage(String stage) {
        return stages.computeIfAbsent(
                stage,
                name ->
                        Timer.builder(STAGES)
                                .tag("stage", name)
                                .serviceLevelObjectives(
                                        Duration.ofNanos(100_000),
                                        Duration.ofMillis(1),
                                        Duration.ofMillis(5),
                                        Duration.ofMillis(20),
                                        Duration.ofMillis(100),
                                        Duration.ofMillis(500),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(10))
                                .register(registry));
    }

    /// Requests without a good key.
    public Counter unauthorized() {
        return registry.counter("ingest.requests.unauthorized");
    }

    /// A request that was answered.
    public void answered(int status) {
        answered.computeIfAbsent(
                        status,
                        _ ->
                                registry.counter(
                                        "ingest.requests", "status", Integer.toString(status)))
                .increment();
    }

    /// The sink's breaker went into a state.
    public void breaker(String state) {
        transitions(state.toLowerCase(Locale.ROOT)).increment();
    }

    private Counter transitions(String to) {
        return registry.counter("ingest.breaker.transitions", "to", to);
    }

    /// A number that is asked for when somebody looks.
    public void gauge(String name, Supplier<Number> value) {
        Gauge.builder(name, value).register(registry);
    }
}
