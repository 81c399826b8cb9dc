package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
final class LocalKafkaTest {
    private static final String TOPIC = "things";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void acknowledged_records_survive_kill_nine_and_a_paused_broker_goes_on() throws Exception {
        // A broker that was killed comes back when its session has ended, after 9 s by default.
        LocalKafka.Options soonBack =
                LocalKafka.Options.defaults()
                        .with("broker.session.timeout.ms", "3000")
                        .with("broker.heartbeat.interval.ms", "500");
        try (LocalKafka kafka = LocalKafka.start(soonBack)) {
            String servers = kafka.bootstrapServers();
            createTopic(servers);
            send(servers, "before", PATIENCE);

            kafka.killNine();
            assertThat(kafka.isRunning()).isFalse();
            kafka.restart();
            send(servers, "after", PATIENCE);

            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            assertThat(read(servers, 2)).containsExactly("before", "after");

            kafka.pause();
            assertThatThrownBy(() -> send(servers, "lost", Duration.ofSeconds(1)))
                    .hasMessageContaining("Topic");
            kafka.resume();
            send(servers, "found", PATIENCE);
        }
    }

    @Test
    void kept_data_is_there_for_the_next_broker(@TempDir Path folder) throws Exception {
        LocalKafka.Options options = LocalKafka.Options.defaults();
        try (LocalKafka first = LocalKafka.startIn(folder, options)) {
            createTopic(first.bootstrapServers());
            send(first.bootstrapServers(), "kept", PATIENCE);
            assertThatThrownBy(() -> LocalKafka.startIn(folder, options))
                    .isInstanceOf(LocalServerException.class)
                    .hasMessageContaining("another process uses");
        }
        try (LocalKafka second = LocalKafka.startIn(folder, options)) {
            assertThat(read(second.bootstrapServers(), 1)).containsExactly("kept");
        }
    }

    @Test
    void broker_ends_with_its_data_when_the_owner_is_killed() throws Exception {
        Process owner = Processes.java(BrokerMain.class, Map.of());
        try (BufferedReader output = owner.inputReader()) {
            long pid = Long.parseLong(Processes.line(output));
            Path data = Path.of(Processes.line(output));

            owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

            assertThat(Processes.isGone(pid)).isTrue();
            assertThat(Processes.isGone(data.resolveSibling(""))).isTrue();
        }
    }

    private static void createTopic(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static void send(String servers, String value, Duration patience) throws Exception {
        int millis = Math.toIntExact(patience.toMillis());
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", servers,
                        "acks", "all",
                        "max.block.ms", millis,
                        "request.timeout.ms", millis / 2,
                        "delivery.timeout.ms", millis);
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value))
                    .get(2L * millis, TimeUnit.MILLISECONDS);
        }
    }

    private static List<String> read(String servers, int records) {
        List<String> values = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", servers),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Waiting.until(
                    Duration.ofSeconds(20),
                    () -> {
                        consumer.poll(Duration.ofMillis(200))
                                .forEach(record -> values.add(record.value()));
                        return values.size() >= records;
                    });
        }
        return values;
    }
}
