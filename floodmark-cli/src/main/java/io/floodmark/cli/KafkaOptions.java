package io.floodmark.cli;

import io.floodmark.ingest.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options of the Kafka sink.
final class KafkaOptions {
    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka's brokers, with commas between")
    private Optional<String> bootstrap = Optional.empty();

    @Option(
            names = "--local",
            description =
                    "Start a real Kafka broker on loopback beside this, or, where that is the sink or --clickhouse is given, a"
                            + " ClickHouse engine; they stop with this, and their data stays")
    private boolean local;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = "attribution_events",
            description = "Topic, made if it is missing (default: ${DEFAULT-VALUE})")
    private String topic = "attribution_events";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of the topic when it is made (default: ${DEFAULT-VALUE})")
    private int partitions = 4;

    @Option(
            names = "--linger",
            paramLabel = "MS",
            defaultValue = "5",
            description = "How long a record waits for others (default: ${DEFAULT-VALUE})")
    private int lingerMillis = 5;

    @Option(
            names = "--kafka-batch",
            paramLabel = "KIB",
            defaultValue = "64",
            description = "Largest batch for a partition (default: ${DEFAULT-VALUE})")
    private int batchKib = 64;

    @Option(
            names = "--compression",
            paramLabel = "TYPE",
            defaultValue = "lz4",
            description = "none, gzip, snappy, lz4 or zstd (default: ${DEFAULT-VALUE})")
    private String compression = "lz4";

    @Option(
            names = "--buffer-memory",
            paramLabel = "MIB",
            defaultValue = "32",
            description =
                    "The producer's memory for what Kafka has not acknowledged (default: ${DEFAULT-VALUE})")
    private int bufferMib = 32;

    @Option(
            names = "--delivery-timeout",
            paramLabel = "S",
            defaultValue = "10",
            description =
                    "How long Kafka is tried before an event is unknown; less than --timeout (default:"
                            + " ${DEFAULT-VALUE})")
    private int deliverySeconds = 10;

    boolean local() {
        return local;
    }

    /// Checks that there will be a broker.
    ///
    /// @param request how long a request waits for its outcomes
    /// @throws IllegalArgumentException with a sentence for the user
    void check(Duration request) {
        if (local == bootstrap.isPresent()) {
            throw new IllegalArgumentException(
                    "--sink kafka needs either --bootstrap host:port, or --local to start a broker");
        }
        if (request.toSeconds() <= deliverySeconds) {
            // Otherwise a request could be told a failure that Kafka turns into a success later.
            throw new IllegalArgumentException(
                    "--timeout must be longer than --delivery-timeout, were %d and %d s"
                            .formatted(request.toSeconds(), deliverySeconds));
        }
        settings(bootstrap.orElse("local"));
    }

    /// How to write into the brokers that are named.
    KafkaSettings settings() {
        return settings(bootstrap.orElseThrow());
    }

    /// How to write into these brokers.
    KafkaSettings settings(String brokers) {
        return new KafkaSettings(
                brokers,
                topic,
                partitions,
                new KafkaSettings.Producing(
                        Duration.ofMillis(lingerMillis),
                        batchKib << 10,
                        compression,
                        (long) bufferMib << 20,
                        Duration.ofSeconds(deliverySeconds)));
    }
}
