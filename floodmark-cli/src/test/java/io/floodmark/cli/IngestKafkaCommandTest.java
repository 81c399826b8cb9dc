package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `floodmark ingest --sink kafka` as its users run it, through `kill -9` and an outage of Kafka.
final class IngestKafkaCommandTest {
    private static final Pattern BROKER = Pattern.compile("started Kafka at (\\S+),");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int KILLS = 2;

    private static LocalKafka kafka;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        // A broker that was killed comes back when its session has ended, after 9 s by default.
        kafka =
                LocalKafka.start(
                        LocalKafka.Options.defaults()
                                .with("broker.session.timeout.ms", "3000")
                                .with("broker.heartbeat.interval.ms", "500"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private Running ingest(String topic, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("ingest", "--sink", "kafka"));
        arguments.addAll(List.of("--listen-port", "0", "--topic", topic));
        arguments.addAll(List.of("--bootstrap", kafka.bootstrapServers()));
        arguments.addAll(List.of(more));
        return Floodmark.in(folder).start(arguments.toArray(String[]::new));
    }

    private static Set<String> ids(String servers, String topic) throws Exception {
        Set<String> ids = new TreeSet<>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", servers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic, LIMIT).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
            Await.until(
                    "the topic is read",
                    () -> {
                        consumer.poll(Duration.ofMillis(200))
                                .forEach(record ->
                                        ids.add(
                                                new String(
                                                        record.headers()
                                                                .lastHeader("event_id")
                                                                .value(),
                                                        StandardCharsets.UTF_8)));
                        return ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                    });
        }
        return ids;
    }

    /// What was acknowledged and is not in the topic.
    private static Set<String> lost(IngestSender sender, String topic) throws Exception {
        Set<String> lost = new TreeSet<>(sender.acknowledged());
        lost.removeAll(ids(kafka.bootstrapServers(), topic));
        return lost;
    }

    @Test
    void after_kill_9_everything_that_kafka_acknowledged_is_in_the_topic() throws Exception {
        Random random = new Random(9);
        try (IngestSender sender = new IngestSender()) {
            for (int round = 0; round < KILLS; round++) {
                try (Running running = ingest("killed")) {
                    int wanted = sender.acknowledged().size() + 200 + random.nextInt(2_000);
                    assertThat(
                                    sender.untilKilled(
                                            running, running.servicePort(), "r" + round, wanted))
                            .isNotEmpty();
                }
            }
            assertThat(lost(sender, "killed")).isEmpty();
        }
    }

    @Test
    void after_kill_9_everything_acknowledged_from_the_disk_reaches_the_topic() throws Exception {
        String[] disk = {"--ack", "disk", "--journal", folder.resolve("journal").toString()};
        Random random = new Random(10);
        try (IngestSender sender = new IngestSender()) {
            for (int round = 0; round < KILLS; round++) {
                try (Running running = ingest("disk", disk)) {
                    int wanted = sender.acknowledged().size() + 200 + random.nextInt(2_000);
                    assertThat(
                                    sender.untilKilled(
                                            running, running.servicePort(), "r" + round, wanted))
                            .isNotEmpty();
                }
            }
            finish(ingest("disk", disk));
            assertThat(lost(sender, "disk")).isEmpty();
        }
    }

    @Test
    void an_outage_is_bridged_by_the_journal_even_from_the_start_and_through_kill_9()
            throws Exception {
        String[] journal = {"--journal", folder.resolve("journal").toString()};
        try (IngestSender sender = new IngestSender()) {
            kafka.killNine();
            try (Running running = ingest("outage", journal)) {
                int port = running.servicePort();
                assertThat(sender.send(port, List.of("a", "b"))).isEqualTo(202);
                assertThat(sender.send(port, List.of("c"))).isEqualTo(202);
                running.process().destroyForcibly().waitFor();
            }
            kafka.restart();
            finish(ingest("outage", journal));
            assertThat(sender.acknowledged()).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(ids(kafka.bootstrapServers(), "outage")).containsExactly("a", "b", "c");
        }
    }

    @Test
    void a_silent_broker_means_503_until_it_answers() throws Exception {
        String[] impatient = {"--delivery-timeout", "1", "--timeout", "3", "--in-flight", "8"};
        try (Running running = ingest("silent", impatient);
                IngestSender sender = new IngestSender()) {
            int port = running.servicePort();
            assertThat(sender.send(port, List.of("before"))).isEqualTo(200);
            kafka.pause();
            try {
                Await.until(
                        "the breaker is open", () -> sender.send(port, List.of("silent")) == 503);
            } finally {
                kafka.resume();
            }
            Await.until("events are taken again", () -> sender.send(port, List.of("after")) == 200);
            running.signal("TERM");
            assertThat(running.finish().exitCode()).isZero();
            assertThat(sender.acknowledged()).contains("before", "after").doesNotContain("silent");
        }
        assertThat(ids(kafka.bootstrapServers(), "silent")).contains("before", "after");
    }

    @Test
    void what_a_load_run_was_acknowledged_is_audited_in_the_topic() throws Exception {
        try (Running running = ingest("audited")) {
            String address = "http://127.0.0.1:" + running.servicePort();
            Finished run =
                    Floodmark.in(folder)
                            .run(
                                    "run",
                                    "--workload=ingest",
                                    "--service=" + address,
                                    "--acked-file=acked",
                                    "--duration=1s",
                                    "--rate=50",
                                    "--workers=4",
                                    "--calibrate=false");
            assertThat(run.err()).contains("floodmark ingest audit");
            running.signal("TERM");
            assertThat(running.finish().exitCode()).isZero();
        }
        Path acked = folder.resolve("acked");
        assertThat(Files.readString(acked)).contains("\"level\":\"kafka\",\"time\":\"20");

        Finished clean = look("audit", "audited", acked.toString());
        assertThat(clean.exitCode()).as(clean.out() + clean.err()).isZero();
        assertThat(clean.out()).contains("missing           0\n", "not acknowledged");

        Files.writeString(acked, "{\"event_id\":\"lost\",\"level\":\"kafka\"}\n{\"event_id");
        Finished missing = look("audit", "audited", acked.toString());
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.out()).contains("acknowledged as kafka: 1", "  lost\n", "torn");
    }

    private Finished look(String command, String topic, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("ingest", command, "--sink", "kafka"));
        arguments.addAll(List.of("--topic", topic, "--bootstrap", kafka.bootstrapServers()));
        arguments.addAll(List.of(more));
        return Floodmark.in(folder).run(arguments.toArray(String[]::new));
    }

    private static void finish(Running started) throws Exception {
        try (Running running = started) {
            running.servicePort();
            running.signal("TERM");
            Finished finished = running.finish();
            assertThat(finished.exitCode()).as(finished.err()).isZero();
            assertThat(finished.err()).doesNotContain("stay in the journal");
        }
    }

    @Test
    void local_starts_a_broker_that_ends_with_it_and_keeps_its_data() throws Exception {
        Floodmark program =
                Floodmark.in(folder).with("XDG_STATE_HOME", folder.resolve("state").toString());
        String[] arguments = {"ingest", "--sink", "kafka", "--local", "--listen-port", "0"};
        try (IngestSender sender = new IngestSender()) {
            try (Running running = program.start(arguments)) {
                assertThat(sender.send(running.servicePort(), List.of("a"))).isEqualTo(200);
                running.signal("TERM");
                assertThat(running.finish().exitCode()).isZero();
            }
            try (Running running = program.start(arguments)) {
                assertThat(sender.send(running.servicePort(), List.of("b"))).isEqualTo(200);
                assertThat(ids(running.told(BROKER), "attribution_events"))
                        .containsExactly("a", "b");
                running.signal("TERM");
                assertThat(running.finish().exitCode()).isZero();
            }
        }
    }

    @Test
    void what_does_not_fit_together_is_said() throws Exception {
        Floodmark program = Floodmark.in(folder);
        program.run("ingest", "--sink", "kafka").complainedOnce("--bootstrap", "--local");
        program.run("ingest", "--ack", "disk").complainedOnce("--journal");
        program.run("ingest", "--sink", "kafka", "--local", "--timeout", "5")
                .complainedOnce("--delivery-timeout");
        program.run("ingest", "--sink", "kafka", "--bootstrap", "127.0.0.1:1", "--ack", "postgres")
                .complainedOnce("kafka, disk, memory");
    }
}
