package io.floodmark.ingest.clickhouse;

import io.floodmark.local.LocalKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A topic with events, written as the service writes them.
final class Topic implements AutoCloseable {
    /// Of now: brokers delete records that are a week old.
    static final long SENT_MILLIS = System.currentTimeMillis();

    /// Shorter than brokers allow by default.
    static final Duration SESSION = Duration.ofMillis(1_500);

    private static int number;

    final String name = "events-" + ++number;
    private final LocalKafka kafka;
    private final KafkaProducer<byte[], byte[]> producer;

    private Topic(LocalKafka kafka) {
        this.kafka = kafka;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "acks",
                                "all",
                                "compression.type",
                                "lz4",
                                "linger.ms",
                                "5",
                                // The leader of a new topic may turn the first request away and
                                // take
                                // the second, after which it refuses the first for ever.
                                "max.in.flight.requests.per.connection",
                                "1"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    static Topic create(LocalKafka kafka, int partitions) throws Exception {
        Topic topic = new Topic(kafka);
        topic.make(partitions);
        return topic;
    }

    void make(int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(
                            List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    void delete() throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(name)).all().get(20, TimeUnit.SECONDS);
        }
    }

    private Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /// Sends events with ids from `first` on, of three senders in turn.
    void send(String prefix, int first, int count) {
        for (int i = first; i < first + count; i++) {
            String id = prefix + i;
            send(
                    "t" + i % 3,
                    id,
                    "{\"event_id\":\"%s\",\"event_type\":\"view\",\"timestamp\":\"2026-11-21T14:05:09.123456Z\",\"n\":%d}"
                            .formatted(id, i));
        }
        producer.flush();
    }

    /// Sends a value as it is.
    void send(String tenant, String key, String value) {
        var headers = new RecordHeaders();
        headers.add("tenant", tenant.getBytes(StandardCharsets.UTF_8));
        // The flush waits for it.
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                name,
                                null,
                                SENT_MILLIS,
                                (tenant + "/" + key).getBytes(StandardCharsets.UTF_8),
                                value.getBytes(StandardCharsets.UTF_8),
                                headers));
    }

    FeedSettings settings() {
        return new FeedSettings(
                kafka.bootstrapServers(),
                name,
                "group-" + name,
                SESSION,
                new FeedSettings.Gathering(2_000, 1 << 20, Duration.ofMillis(50)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
