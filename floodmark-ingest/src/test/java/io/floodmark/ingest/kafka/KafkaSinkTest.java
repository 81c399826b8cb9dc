package io.floodmark.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.audit.Repetition;
import io.floodmark.ingest.flow.BatchRule;
import io.floodmark.ingest.flow.BreakerSettings;
import io.floodmark.ingest.flow.Events;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.flow.PipelineSettings;
import io.floodmark.ingest.journal.Journal;
import io.floodmark.ingest.journal.JournalSettings;
import io.floodmark.ingest.journal.JournalUse;
import io.floodmark.ingest.journal.JournaledSink;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.floodmark.ingest.replay.DeadLetter;
import io.floodmark.ingest.replay.Replay;
import io.floodmark.ingest.replay.ReplayReport;
import io.floodmark.ingest.wire.BodyReader;
import io.floodmark.local.LocalKafka;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaSinkTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private static LocalKafka kafka;

    private final String topic = "events" + TOPICS.incrementAndGet();

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

    private KafkaSettings settings(Duration delivery) {
        KafkaSettings.Producing usual = KafkaSettings.Producing.defaults();
        return new KafkaSettings(
                kafka.bootstrapServers(),
                topic,
                2,
                new KafkaSettings.Producing(
                        usual.linger(), usual.batchBytes(), "lz4", 1 << 20, delivery));
    }

    private KafkaSink sink(Duration delivery) {
        return KafkaSink.open(settings(delivery), LONG, Clock.systemUTC());
    }

    private static List<Delivery> batch(String tenant, List<WireEvent> events) {
        return events.stream().map(event -> new Delivery(tenant, event)).toList();
    }

    private static Sink.Written write(KafkaSink sink, List<Delivery> batch) {
        try (Sink.Writer writer = sink.open()) {
            return writer.write(batch);
        }
    }

    private static WireEvent keyed(String id, String key) {
        byte[] json = "{\"event_id\":\"%s\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
        return new WireEvent(new WireEvent.Names(id, "buy", key), 1_234_567, json, 0, json.length);
    }

    @Test
    void a_record_is_the_events_json_with_its_names_in_headers() {
        try (KafkaSink sink = sink(LONG)) {
            Sink.Written written =
                    write(
                            sink,
                            List.of(
                                    new Delivery("shop", keyed("e1", "u1")),
                                    new Delivery("", Events.event("e2"))));

            assertThat(written.healthy()).isTrue();
            assertThat(written.outcomes()).hasSize(2).containsOnly(new Outcome.Stored());
        }
        List<ConsumerRecord<byte[], byte[]>> records =
                Topic.read(kafka.bootstrapServers(), topic).stream()
                        .sorted((a, b) ->
                                Topic.header(a, "event_id").compareTo(Topic.header(b, "event_id")))
                        .toList();
        assertThat(records).hasSize(2);
        ConsumerRecord<byte[], byte[]> first = records.getFirst();
        assertThat(new String(first.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"event_id\":\"e1\"}");
        assertThat(new String(first.key(), StandardCharsets.UTF_8)).isEqualTo("shop/u1");
        assertThat(Topic.header(first, "tenant")).isEqualTo("shop");
        assertThat(Topic.header(first, "event_type")).isEqualTo("buy");
        assertThat(ByteBuffer.wrap(first.headers().lastHeader("occurred_at").value()).getLong())
                .isEqualTo(1_234_567);
        ConsumerRecord<byte[], byte[]> second = records.getLast();
        assertThat(second.headers().lastHeader("tenant")).isNull();
        assertThat(new String(second.key(), StandardCharsets.UTF_8)).isEqualTo("e2");
    }

    @Test
    void events_of_one_key_keep_their_order_over_batches() {
        AtomicInteger healthy = new AtomicInteger();
        try (KafkaSink sink = sink(LONG)) {
            try (Sink.Writer writer = sink.open()) {
                for (int i = 0; i < 50; i++) {
                    List<WireEvent> events = new ArrayList<>();
                    for (int j = 0; j < 10; j++) {
                        events.add(keyed("%03d".formatted(i * 10 + j), "one"));
                    }
                    writer.write(
                            batch("", events),
                            written -> healthy.addAndGet(written.healthy() ? 1 : 0));
                }
            }
            assertThat(healthy.get()).isEqualTo(50);
        }
        assertThat(Topic.read(kafka.bootstrapServers(), topic))
                .hasSize(500)
                .extracting(record -> Topic.header(record, "event_id"))
                .isSorted();
    }

    @Test
    void an_event_too_large_for_the_topic_goes_to_the_dead_letters_alone() throws Exception {
        Topic.create(kafka.bootstrapServers(), topic, "max.message.bytes", "20000");
        List<WireEvent> events = new ArrayList<>(Events.many("small", 20));
        events.add(7, Events.event("large", "t", incompressible(60_000)));
        try (KafkaSink sink = sink(LONG)) {
            Sink.Written written = write(sink, batch("shop", events));

            assertThat(written.healthy()).isTrue();
            assertThat(written.outcomes().stream().filter(new Outcome.Stored()::equals))
                    .hasSize(20);
            assertThat(written.outcomes().get(7))
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected ->
                                    assertThat(rejected.rejection())
                                            .returns(Rejection.Code.POISON, Rejection::code)
                                            .extracting(Rejection::reason)
                                            .asString()
                                            .contains("RecordTooLarge", topic + "_dead_letters"));
        }
        List<ConsumerRecord<byte[], byte[]>> letters =
                Topic.read(kafka.bootstrapServers(), topic + "_dead_letters");
        assertThat(letters).hasSize(1);
        assertThat(Topic.header(letters.getFirst(), "event_id")).isEqualTo("large");
        assertThat(Topic.header(letters.getFirst(), "error")).isEqualTo("RecordTooLargeException");
        assertThat(letters.getFirst().value()).hasSize(60_000);
        assertThat(Topic.ids(kafka.bootstrapServers(), topic)).hasSize(20);
    }

    private static String incompressible(int bytes) {
        var random = new java.util.Random(5);
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            text.append(Long.toString(random.nextLong() >>> 1, 36));
        }
        return text.substring(0, bytes);
    }

    private static List<String> ids(KafkaStoredIds stored) throws Exception {
        List<String> ids = new ArrayList<>();
        stored.read((id, _) -> ids.add(id));
        return ids;
    }

    private KafkaStoredIds stored(String tenant, Instant earliest) {
        return new KafkaStoredIds(kafka.bootstrapServers(), topic, tenant, earliest);
    }

    @Test
    void an_audit_is_told_each_record_of_a_tenant_and_what_kafka_has_removed() throws Exception {
        try (KafkaSink sink = sink(LONG)) {
            write(sink, batch("shop", Events.many("e", 50)));
            write(sink, batch("shop", Events.many("e", 1)));
            write(sink, batch("", Events.many("other", 3)));
        }

        assertThat(ids(stored("shop", Instant.EPOCH)))
                .hasSize(51)
                .contains("e0", "e49")
                .doesNotContain("other0");
        assertThat(ids(stored("", Instant.now().minusSeconds(600))))
                .containsExactlyInAnyOrder("other0", "other1", "other2");
        assertThat(ids(stored("shop", Instant.now().plusSeconds(600)))).isEmpty();

        Topic.removeBefore(kafka.bootstrapServers(), topic, 0, 5);
        KafkaStoredIds stored = stored("shop", Instant.EPOCH);
        assertThat(ids(stored)).hasSizeBetween(46, 51);
        assertThat(stored.repetition()).isEqualTo(Repetition.BY_DESIGN);
        assertThat(stored.remarks()).singleElement().asString().contains("first 5 records");
    }

    @Test
    void an_audit_of_a_topic_that_is_not_there_names_it() {
        assertThatThrownBy(() -> ids(stored("", Instant.EPOCH)))
                .isInstanceOf(KafkaNotReady.class)
                .hasMessageContaining("there is no topic " + topic);
    }

    @Test
    void a_dead_letter_stays_until_kafka_takes_it_and_is_replayed_once() throws Exception {
        Topic.create(kafka.bootstrapServers(), topic, "max.message.bytes", "20000");
        String json =
                "{\"event_id\":\"large\",\"event_type\":\"t\",\"timestamp\":\"2026-11-21T10:00:00Z\",\"properties\":{\"x\":\"%s\"}}"
                        .formatted(incompressible(60_000));
        try (KafkaSink sink = sink(LONG)) {
            write(sink, batch("shop", List.of(Events.event("large", "t", json))));
        }

        try (KafkaDeadLetters letters = letters()) {
            assertThat(letters.next("", 10))
                    .singleElement()
                    .returns("shop", DeadLetter::tenant)
                    .returns("large", DeadLetter::eventId)
                    .returns("RecordTooLargeException", DeadLetter::code)
                    .returns(json, DeadLetter::json);
            assertThat(replay(letters).refused()).isEqualTo(1);
        }
        assertThat(Topic.read(kafka.bootstrapServers(), topic + "_dead_letters")).hasSize(1);
        Topic.alter(kafka.bootstrapServers(), topic, "max.message.bytes", "1000000");
        try (KafkaDeadLetters letters = letters()) {
            assertThat(replay(letters)).isEqualTo(new ReplayReport(1, 0, 0, false, List.of()));
            assertThat(letters.next("", 10)).isEmpty();
        }
        try (KafkaDeadLetters letters = letters()) {
            assertThat(letters.next("", 10)).isEmpty();
        }
        assertThat(Topic.read(kafka.bootstrapServers(), topic))
                .singleElement()
                .extracting(ConsumerRecord::value)
                .isEqualTo(json.getBytes(StandardCharsets.UTF_8));
    }

    private KafkaDeadLetters letters() {
        return KafkaDeadLetters.open(settings(LONG), Clock.systemUTC());
    }

    private ReplayReport replay(KafkaDeadLetters letters) {
        try (KafkaSink sink = KafkaSink.replaying(settings(LONG), LONG, Clock.systemUTC());
                Sink.Writer writer = sink.open()) {
            BodyReader reader = new BodyReader(IngestLimits.defaults());
            return new Replay(letters, writer, reader, TimeAndChance.system()).run(100);
        }
    }

    @Test
    void dead_letters_come_in_pages_from_all_partitions_without_the_notes_between_them()
            throws Exception {
        Topic.create(kafka.bootstrapServers(), topic, "max.message.bytes", "200");
        List<WireEvent> large = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            large.add(Events.event("e" + i, "t", incompressible(1_000 + i)));
        }
        try (KafkaSink sink = sink(LONG)) {
            write(sink, batch("", large));
        }
        List<String> seen = new ArrayList<>();
        try (KafkaDeadLetters letters = letters()) {
            letters.next("", 5).forEach(letters::replayed);
            List<DeadLetter> page = letters.next("", 4);
            while (!page.isEmpty()) {
                page.forEach(letter -> seen.add(letter.eventId()));
                page = letters.next(page.getLast().key(), 4);
            }
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        try (KafkaDeadLetters letters = letters()) {
            assertThat(letters.next("", 100))
                    .extracting(DeadLetter::eventId)
                    .containsExactlyElementsOf(seen);
        }
    }

    @Test
    void a_broker_that_is_not_there_is_named() {
        var settings =
                new KafkaSettings("127.0.0.1:1", topic, 1, KafkaSettings.Producing.defaults());
        assertThatThrownBy(
                        () -> KafkaSink.open(settings, Duration.ofMillis(500), Clock.systemUTC()))
                .isInstanceOf(KafkaNotReady.class)
                .hasMessage(
                        "Kafka at 127.0.0.1:1 did not answer within 0.5 s; check that the address is right, and that"
                                + " a broker runs there and can be reached from here");
    }

    @Test
    void a_topic_that_cannot_be_made_is_left_to_the_user() {
        var settings =
                new KafkaSettings(
                        kafka.bootstrapServers(), "..", 1, KafkaSettings.Producing.defaults());
        assertThatThrownBy(() -> KafkaSink.open(settings, LONG, Clock.systemUTC()))
                .isInstanceOf(KafkaNotReady.class)
                .hasMessageContainingAll(
                        "the topic .. cannot be made or looked at",
                        "make it and .._dead_letters beforehand");
    }

    @Test
    void what_is_accepted_while_the_broker_is_killed_and_restarted_is_stored() throws Exception {
        Set<String> stored = new TreeSet<>();
        try (KafkaSink sink = sink(Duration.ofSeconds(3))) {
            Pipeline pipeline = pipeline(sink);
            int round = 0;
            send(pipeline, "r" + round++, stored);
            Thread killer =
                    Thread.ofPlatform()
                            .start(() -> {
                                kafka.killNine();
                                kafka.restart();
                            });
            while (killer.isAlive()) {
                send(pipeline, "r" + round++, stored);
            }
            int before = stored.size();
            long end = System.nanoTime() + LONG.toNanos();
            while (stored.size() == before && System.nanoTime() < end) {
                send(pipeline, "r" + round++, stored);
            }
            assertThat(stored).hasSizeGreaterThan(before);
            assertThat(pipeline.drain(LONG)).isTrue();
        }
        assertThat(missing(stored)).isEmpty();
    }

    @Test
    void a_paused_broker_opens_the_breaker_until_it_answers() throws Exception {
        Set<String> stored = new TreeSet<>();
        try (KafkaSink sink = sink(Duration.ofMillis(500))) {
            Pipeline pipeline = pipeline(sink);
            send(pipeline, "before", stored);
            kafka.pause();
            List<Outcome> last = List.of();
            long end = System.nanoTime() + LONG.toNanos();
            for (int i = 0; !pipeline.isShut() && System.nanoTime() < end; i++) {
                last = send(pipeline, "paused" + i, stored);
            }
            assertThat(pipeline.isShut()).isTrue();
            assertThat(last).doesNotContain(new Outcome.Stored());
            kafka.resume();
            for (int i = 0; stored.size() < 200 && System.nanoTime() < end; i++) {
                send(pipeline, "after" + i, stored);
            }
            assertThat(pipeline.open()).isZero();
            assertThat(pipeline.drain(LONG)).isTrue();
        }
        assertThat(stored).hasSizeGreaterThanOrEqualTo(200);
        assertThat(missing(stored)).isEmpty();
    }

    @Test
    void a_silent_broker_lets_in_what_the_limit_holds_and_turns_the_rest_away() throws Exception {
        try (KafkaSink sink = sink(LONG);
                PressedServer server = PressedServer.start(sink)) {
            assertThat(server.send("before").status()).isEqualTo(200);
            kafka.pause();
            try {
                server.sendAll(150, "silent");
                server.awaitRefused();
            } finally {
                kafka.resume();
            }
            assertThat(server.mostInFlight())
                    .isGreaterThan(PressedServer.IN_FLIGHT_BYTES / 2)
                    .isLessThanOrEqualTo(PressedServer.IN_FLIGHT_BYTES);
            assertThat(server.refused())
                    .hasSizeGreaterThan(100)
                    .allMatch(answer -> !answer.retryAfter().isEmpty());
            assertThat(server.others()).isNotEmpty().allMatch(answer -> answer.status() == 200);
            assertThat(server.send("after").status()).isEqualTo(200);
            assertThat(missing(server.acknowledged())).isEmpty();
            assertThat(server.inFlight()).isZero();
        }
    }

    @Test
    void with_a_journal_an_outage_is_answered_from_the_disk_and_replayed(@TempDir Path folder)
            throws Exception {
        Set<String> stored = new TreeSet<>();
        Journal journal = Journal.open(JournalSettings.of(folder, 16 << 20), Clock.systemUTC());
        try (KafkaSink kafkaSink = sink(Duration.ofSeconds(1));
                JournaledSink sink =
                        JournaledSink.start(
                                kafkaSink, journal, JournalUse.OUTAGE, System::nanoTime)) {
            Pipeline pipeline = pipeline(sink);
            send(pipeline, "before", stored);
            kafka.killNine();
            for (int i = 0; i < 5; i++) {
                assertThat(send(pipeline, "away" + i, stored))
                        .containsOnly(new Outcome.Queued(AckLevel.DISK));
            }
            kafka.restart();
            long end = System.nanoTime() + LONG.toNanos();
            List<Outcome> last = List.of();
            for (int i = 0; !last.contains(new Outcome.Stored()) && System.nanoTime() < end; i++) {
                last = send(pipeline, "after" + i, stored);
            }
            assertThat(last).containsOnly(new Outcome.Stored());
            assertThat(journal.isEmpty()).isTrue();
            assertThat(pipeline.isShut()).isFalse();
            assertThat(pipeline.drain(LONG)).isTrue();
        }
        assertThat(missing(stored)).isEmpty();
    }

    /// Those that the topic lacks.
    private Set<String> missing(Set<String> stored) {
        Set<String> missing = new TreeSet<>(stored);
        missing.removeAll(Topic.ids(kafka.bootstrapServers(), topic));
        return missing;
    }

    private static Pipeline pipeline(Sink sink) {
        return Pipeline.start(
                sink,
                new PipelineSettings(
                        1,
                        BatchRule.forKafka(),
                        new BreakerSettings(
                                Duration.ofSeconds(60),
                                2,
                                50,
                                Duration.ofSeconds(60),
                                Duration.ofMillis(200))),
                new IngestMetrics(new SimpleMeterRegistry()),
                System::nanoTime);
    }

    private static List<Outcome> send(Pipeline pipeline, String prefix, Set<String> stored)
            throws InterruptedException {
        List<WireEvent> events = Events.many(prefix + "-", 100);
        List<Outcome> outcomes = pipeline.submit("", events, false, () -> {}).await(LONG);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Stored
                    || outcomes.get(i) instanceof Outcome.Queued) {
                stored.add(events.get(i).id());
            }
        }
        return outcomes;
    }
}
