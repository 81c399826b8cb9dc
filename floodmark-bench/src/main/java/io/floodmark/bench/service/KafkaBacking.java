package io.floodmark.bench.service;

import io.floodmark.cli.Main;
import io.floodmark.local.LocalKafka;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A private Kafka broker, whose records are counted by the ends of the topic's partitions.
final class KafkaBacking implements Backing {
    private static final String TOPIC = "ingest_bench";

    private final LocalKafka broker =
            LocalKafka.start(LocalKafka.Options.defaults().with(LocalKafka.Tuning.LOAD));
    private long taken;

    @Override
    public Start start() {
        return new Start(
                Main.class.getName(),
                List.of(
                        "ingest",
                        "--sink=kafka",
                        "--bootstrap=" + broker.bootstrapServers(),
                        "--topic=" + TOPIC,
                        "--listen-port=0",
                        "--stop-at-eof"),
                Map.of());
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(broker.pid());
    }

    @Override
    public void settle() {}

    @Override
    public OptionalLong takeStored() {
        Map<String, Object> config =
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(TOPIC).stream()
                            .map(one -> new TopicPartition(TOPIC, one.partition()))
                            .toList();
            long all =
                    consumer.endOffsets(partitions).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            long fresh = all - taken;
            taken = all;
            return OptionalLong.of(fresh);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
