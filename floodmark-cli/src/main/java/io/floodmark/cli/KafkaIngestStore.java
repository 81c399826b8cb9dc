package io.floodmark.cli;

import io.floodmark.ingest.Sink;
import io.floodmark.ingest.audit.AuditRange;
import io.floodmark.ingest.audit.StoredIds;
import io.floodmark.ingest.kafka.KafkaDeadLetters;
import io.floodmark.ingest.kafka.KafkaSettings;
import io.floodmark.ingest.kafka.KafkaSink;
import io.floodmark.ingest.kafka.KafkaStoredIds;
import io.floodmark.ingest.replay.DeadLetters;
import io.floodmark.store.TimeAndChance;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Ingestion's topics in Kafka, looked at. *Threads:* for one.
final class KafkaIngestStore implements IngestStore {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final Clock clock = TimeAndChance.system().clock();
    private final KafkaSettings settings;

    /// @param broker ends what was started for it
    KafkaIngestStore(KafkaSettings settings, Runnable broker) {
        this.settings = settings;
        endings.push(broker);
    }

    @Override
    public StoredIds storedIds(String tenant, AuditRange range) {
        return new KafkaStoredIds(
                settings.bootstrap(), settings.topic(), tenant, range.earliestArrival());
    }

    @Override
    public Sink sink() {
        KafkaSink sink = KafkaSink.replaying(settings, ANSWER, clock);
        endings.push(sink::close);
        return sink;
    }

    @Override
    public DeadLetters deadLetters() {
        return KafkaDeadLetters.open(settings, clock);
    }

    @Override
    public void close() {
        while (!endings.isEmpty()) {
            endings.pop().run();
        }
    }
}
