package io.floodmark.ingest.kafka;

import io.floodmark.ingest.audit.Repetition;
import io.floodmark.ingest.audit.StoredIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// The ids of a tenant's events in a topic of Kafka, from all its partitions up to their ends when
/// the reading begins. Kafka holds an event as often as it was sent. *Threads:* for one.
public final class KafkaStoredIds implements StoredIds {
    private final String bootstrap;
    private final String topic;
    private final String tenant;
    private final Instant earliest;
    private long removed;
    private long nameless;

    /// Ids that are not read yet.
    ///
    /// @param bootstrap addresses of brokers, `host:port` with commas between
    /// @param tenant name of the key; empty where there are no keys
    /// @param earliest arrival that counts
    public KafkaStoredIds(String bootstrap, String topic, String tenant, Instant earliest) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.tenant = tenant;
        this.earliest = earliest;
    }

    @Override
    public void read(Taker taker) throws IOException {
        removed = 0;
        nameless = 0;
        try (TopicSpan span = TopicSpan.open(bootstrap, topic)) {
            for (TopicPartition partition : span.partitions()) {
                long from = span.firstSince(partition, earliest);
                removed += from == span.first(partition) ? from : 0;
                span.read(
                        partition,
                        from,
                        record -> {
                            read(record, taker);
                            return true;
                        });
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Taker taker) throws IOException {
        @Nullable String id = header(record, KafkaRecords.EVENT_ID);
        if (id == null) {
            nameless++;
        } else if (Objects.requireNonNullElse(header(record, KafkaRecords.TENANT), "")
                .equals(tenant)) {
            taker.id(id, Instant.ofEpochMilli(record.timestamp()));
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public Repetition repetition() {
        return Repetition.BY_DESIGN;
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (removed > 0) {
            remarks.add(
                    ("Kafka has removed the first %,d records of the topic, by its retention for"
                                    + " instance; what was acknowledged among them counts as missing")
                            .formatted(removed));
        }
        if (nameless > 0) {
            remarks.add(
                    "%,d records without a header event_id are passed over: others wrote them"
                            .formatted(nameless));
        }
        return remarks;
    }
}
