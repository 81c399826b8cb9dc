package io.floodmark.bench.ingest;

import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.ingest.kafka.KafkaSettings;
import io.floodmark.local.LocalKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Kafka's own producer benchmark, in a JVM of its own, with the settings of our sink.
final class ProducerPerformance {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern RATE =
            Pattern.compile(
                    "(?m)^\\d+ (?:steady state )?records sent, ([0-9.]+) records/sec.*th\\.");

    private final LocalKafka broker;
    private final KafkaSettings settings;
    private final Path folder;

    ProducerPerformance(LocalKafka broker, KafkaSettings settings, Path folder) {
        this.broker = broker;
        this.settings = settings;
        this.folder = folder;
    }

    /// Sends records, and says how many a second it sent after its warming up.
    ///
    /// @param payload file with one record a line
    double recordsPerSecond(Path payload, long records, long warmup)
            throws SetupFailure, IOException {
        Path config = Files.writeString(folder.resolve("producer.properties"), config());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String said =
                run(
                        List.of(
                                java,
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Duser.language=en",
                                "-cp",
                                broker.jars().resolve("*").toString(),
                                "org.apache.kafka.tools.ProducerPerformance",
                                "--bootstrap-server",
                                broker.bootstrapServers(),
                                "--topic",
                                settings.topic(),
                                "--num-records",
                                Long.toString(records + warmup),
                                "--warmup-records",
                                Long.toString(warmup),
                                "--throughput",
                                "-1",
                                "--payload-file",
                                payload.toString(),
                                "--command-config",
                                config.toString()));
        return rate(said)
                .orElseThrow(
                        () -> new SetupFailure("Kafka's benchmark did not say its rate: " + said));
    }

    private String config() {
        KafkaSettings.Producing producing = settings.producer();
        return """
        acks=all
        enable.idempotence=true
        linger.ms=%d
        batch.size=%d
        compression.type=%s
        buffer.memory=%d
        """
                .formatted(
                        producing.linger().toMillis(),
                        producing.batchBytes(),
                        producing.compression(),
                        producing.bufferBytes());
    }

    /// The last rate that it printed, which is the one after warming up.
    static OptionalDouble rate(String said) {
        return RATE.matcher(said)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .reduce((_, last) -> last);
    }

    private String run(List<String> command) throws SetupFailure, IOException {
        Path output = folder.resolve("producer.out");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SetupFailure(
                        "Kafka's benchmark did not end within %d s".formatted(LIMIT.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SetupFailure("interrupted while Kafka's benchmark ran", e);
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new SetupFailure(
                    String.format(
                            Locale.ROOT,
                            "Kafka's benchmark exited with %d: %s",
                            process.exitValue(),
                            said));
        }
        return said;
    }
}
