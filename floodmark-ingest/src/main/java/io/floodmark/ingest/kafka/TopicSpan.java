package io.floodmark.ingest.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What a topic holds when this is opened, read partition by partition without a group. Records
/// that come later are not seen. *Threads:* for one.
final class TopicSpan implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(200);

    /// After so many empty polls without any progress Kafka counts as away: 30 s.
    private static final int SILENT_POLLS_MAX = 150;

    private static final int POLL_RECORDS_MAX = 20_000;
    private static final int FETCH_BYTES_MAX = 16 << 20;
    private static final int PARTITION_BYTES_MAX = 4 << 20;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String place;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> firsts;
    private final Map<TopicPartition, Long> ends;

    private TopicSpan(KafkaConsumer<byte[], byte[]> consumer, String place, String topic) {
        this.consumer = consumer;
        this.place = place;
        this.partitions = partitions(topic);
        this.firsts = consumer.beginningOffsets(partitions, ANSWER);
        this.ends = consumer.endOffsets(partitions, ANSWER);
    }

    private List<TopicPartition> partitions(String topic) {
        List<TopicPartition> found =
                consumer.partitionsFor(topic, ANSWER).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .sorted(Comparator.comparingInt(TopicPartition::partition))
                        .toList();
        if (found.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return found;
    }

    /// Looks where the topic begins and ends.
    ///
    /// @throws KafkaNotReady when Kafka does not answer, or has no such topic
    static TopicSpan open(String bootstrap, String topic) {
        String place = "topic %s of Kafka at %s".formatted(topic, bootstrap);
        KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap);
        try {
            return new TopicSpan(consumer, place, topic);
        } catch (UnknownTopicOrPartitionException e) {
            consumer.close();
            throw new KafkaNotReady(
                    "there is no %s; --topic names the one that the service writes"
                            .formatted(place),
                    e);
        } catch (KafkaException e) {
            consumer.close();
            throw new KafkaNotReady(
                    "the %s cannot be read: %s".formatted(place, e.getMessage()), e);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
        Map<String, Object> config =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "floodmark-ingest-look",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        POLL_RECORDS_MAX,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        FETCH_BYTES_MAX,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        PARTITION_BYTES_MAX);
        try {
            return new KafkaConsumer<>(
                    config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaNotReady(
                    "could not make a reader of Kafka at %s: %s"
                            .formatted(bootstrap, cause.getMessage()),
                    e);
        }
    }

    /// Its partitions in their order.
    List<TopicPartition> partitions() {
        return partitions;
    }

    /// The first record that a partition still has.
    long first(TopicPartition partition) {
        return firsts.getOrDefault(partition, 0L);
    }

    /// The first offset beyond.
    long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    /// The first record of a partition that is not older, or its end.
    long firstSince(TopicPartition partition, Instant earliest) throws IOException {
        if (!earliest.isAfter(Instant.EPOCH)) {
            return first(partition);
        }
        try {
            Map<TopicPartition, OffsetAndTimestamp> found =
                    consumer.offsetsForTimes(Map.of(partition, earliest.toEpochMilli()), ANSWER);
            return Optional.ofNullable(found.get(partition))
                    .map(OffsetAndTimestamp::offset)
                    .orElse(end(partition));
        } catch (KafkaException e) {
            throw broken(e);
        }
    }

    /// Takes records.
    interface Taker {

        /// Takes one; false when no more are wanted.
        boolean record(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }

    /// Reads a partition from an offset on, until its end or until no more are wanted.
    ///
    /// @throws IOException when the taker fails, or Kafka is silent
    void read(TopicPartition partition, long from, Taker taker) throws IOException {
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long at = from;
            int silent = 0;
            while (at < end(partition)) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.offset() >= end(partition) || !taker.record(record)) {
                        return;
                    }
                }
                long next = consumer.position(partition, ANSWER);
                silent = next > at ? 0 : silent + 1;
                at = next;
                if (silent > SILENT_POLLS_MAX) {
                    throw new IOException(
                            "the %s was silent for %d s at partition %d, offset %d"
                                    .formatted(
                                            place,
                                            POLL.multipliedBy(SILENT_POLLS_MAX).toSeconds(),
                                            partition.partition(),
                                            at));
                }
            }
        } catch (KafkaException e) {
            throw broken(e);
        }
    }

    private IOException broken(KafkaException cause) {
        return new IOException(
                "reading the %s broke off: %s".formatted(place, cause.getMessage()), cause);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
