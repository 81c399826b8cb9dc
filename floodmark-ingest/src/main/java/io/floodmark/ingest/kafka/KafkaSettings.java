package io.floodmark.ingest.kafka;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/// How the sink writes.
///
/// @param bootstrap addresses of brokers, `host:port` with commas between
/// @param topic where events go; default `attribution_events`
/// @param partitions of the topics, when the sink makes them; default 4
/// @param producer how the producer gathers and sends
public record KafkaSettings(String bootstrap, String topic, int partitions, Producing producer) {
    private static final String DEAD_LETTERS = "_dead_letters";

    /// An event is at most this long by the limits of bodies, so that only Kafka itself refuses.
    private static final int REQUEST_BYTES_MAX = 64 << 20;

    /// Checks the values.
    public KafkaSettings {
        if (!topic.matches("[a-zA-Z0-9._-]{1,200}")) {
            throw new IllegalArgumentException(
                    "the topic's name must be of letters, digits, '.', '_' and '-', was " + topic);
        }
        if (bootstrap.isBlank() || partitions < 1) {
            throw new IllegalArgumentException(
                    "bootstrap must name a broker and partitions be at least 1, were '%s' and %d"
                            .formatted(bootstrap, partitions));
        }
    }

    /// How the producer gathers and sends.
    ///
    /// @param linger how long a record waits for others; default 5 ms
    /// @param batchBytes largest batch for a partition; default 64 KiB
    /// @param compression `lz4` by default
    /// @param bufferBytes memory for records that are not acknowledged; default 32 MiB
    /// @param delivery how long a record is tried before it is unknown; default 10 s, and less than
    ///   a request waits
    public record Producing(
            Duration linger,
            int batchBytes,
            String compression,
            long bufferBytes,
            Duration delivery) {
        private static final Set<String> COMPRESSIONS =
                Set.of("none", "gzip", "snappy", "lz4", "zstd");

        /// Checks the values.
        public Producing {
            if (!COMPRESSIONS.contains(compression)) {
                throw new IllegalArgumentException(
                        "compression is %s, allowed: none, gzip, snappy, lz4, zstd"
                                .formatted(compression));
            }
            if (linger.isNegative() || batchBytes < 1 || bufferBytes < batchBytes) {
                throw new IllegalArgumentException(
                        "linger, batchBytes and bufferBytes do not fit: %s, %d and %d"
                                .formatted(linger, batchBytes, bufferBytes));
            }
            if (delivery.compareTo(linger.plusMillis(100)) < 0) {
                throw new IllegalArgumentException(
                        "delivery must be longer than linger by 100 ms, was " + delivery);
            }
        }

        /// The documented defaults.
        public static Producing defaults() {
            return new Producing(
                    Duration.ofMillis(5), 64 << 10, "lz4", 32L << 20, Duration.ofSeconds(10));
        }
    }

    /// The documented defaults for these brokers.
    public static KafkaSettings of(String bootstrap) {
        return new KafkaSettings(bootstrap, "attribution_events", 4, Producing.defaults());
    }

    /// Where events go that Kafka refuses.
    public String deadLetterTopic() {
        return topic + DEAD_LETTERS;
    }

    /// For the producer.
    ///
    /// @param batchBytesMax what the topic takes: a batch that is larger would be halved for ever,
    ///   as long as its halves together fit the producer's own size
    Map<String, Object> producerConfig(int batchBytesMax) {
        long delivery = producer.delivery().toMillis();
        long request = Math.max(1, Math.min(5_000, delivery - producer.linger().toMillis()));
        return Map.ofEntries(
                Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "floodmark-ingest"),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, producer.linger().toMillis()),
                Map.entry(
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        Math.min(producer.batchBytes(), batchBytesMax)),
                Map.entry(
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        producer.compression().toLowerCase(Locale.ROOT)),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, producer.bufferBytes()),
                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(2_000, delivery)),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) request),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) delivery),
                Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L));
    }
}
