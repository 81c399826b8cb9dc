package io.floodmark.ingest.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.ingest.metrics.FeedMetrics;
import io.floodmark.local.LocalKafka;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// From Kafka into ClickHouse, on a real broker and the real engine.
final class ClickHouseFeedTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static @Nullable Engine startedEngine;
    private static @Nullable LocalKafka startedKafka;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FeedMetrics metrics = new FeedMetrics(registry, Clock.systemUTC());
    private final ClickHouseAddress address = engine().database();
    private final Topic topic = Topic.create(kafka(), 2);

    ClickHouseFeedTest() throws Exception {}

    @BeforeAll
    static void start() {
        startedEngine = Engine.start();
        startedKafka =
                LocalKafka.start(
                        LocalKafka.Options.defaults().with("group.min.session.timeout.ms", "500"));
    }

    @AfterAll
    static void stop() {
        if (startedKafka != null) {
            startedKafka.close();
        }
        if (startedEngine != null) {
            startedEngine.close();
        }
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    private static Engine engine() {
        if (startedEngine == null) {
            throw new IllegalStateException("the engine did not start");
        }
        return startedEngine;
    }

    private static LocalKafka kafka() {
        if (startedKafka == null) {
            throw new IllegalStateException("the broker did not start");
        }
        return startedKafka;
    }

    private ClickHouseFeed feed() {
        return ClickHouseFeed.start(
                topic.settings(),
                address,
                Engine.PATIENT,
                new ClickHouseFeed.Meters(engine().metrics, metrics),
                TimeAndChance.system());
    }

    private void feedAll() throws InterruptedException {
        try (ClickHouseFeed feed = feed()) {
            assertThat(feed.drain(LONG)).isTrue();
        }
    }

    private long count(String from) {
        return engine().count(address, from);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void records_become_rows_once_each_with_their_place_and_sender() throws Exception {
        topic.send("e", 0, 5_000);

        feedAll();
        feedAll();

        assertThat(count("ingest_events")).isEqualTo(5_000);
        assertThat(
                        count(
                                """
                                ingest_events WHERE kafka_topic = '%s' AND kafka_partition IN (0, 1)
                                AND kafka_offset >= 0 AND event_type = 'view' AND key = ''
                                AND toUnixTimestamp64Milli(received_at) = %d
                                AND occurred_at = toDateTime64('2026-11-21 14:05:09.123456', 6, 'UTC')
                                AND tenant = concat('t', toString(JSONExtractInt(event, 'n') %% 3))
                                """
                                        .formatted(topic.name, Topic.SENT_MILLIS)))
                .isEqualTo(5_000);
        assertThat(registry.get("ingest.feed.records.stored").counter().count()).isEqualTo(5_000);
        assertThat(registry.get("ingest.feed.lag.records").gauge().value()).isZero();
    }

    @Test
    void poison_goes_to_the_dead_letters_with_its_place_and_holds_nothing_up() throws Exception {
        topic.send("e", 0, 10);
        topic.send("t", "k", "{\"event_id\":");
        topic.send("t", "k", "");
        topic.send("t", "k", "[]");
        topic.send("t", "k", "{\"event_id\":\"x\",\"event_type\":\"y\"}");
        topic.send("t", "k", "{\"event_id\":\"x\",\"event_type\":\"y\",\"timestamp\":\"soon\"}");
        topic.send("e", 10, 10);

        feedAll();

        assertThat(count("ingest_events")).isEqualTo(20);
        assertThat(count("ingest_dead_letters WHERE tenant = 't' AND kafka_offset >= 0"))
                .isEqualTo(5);
        assertThat(count("ingest_dead_letters WHERE reason LIKE 'no event: %'")).isEqualTo(5);
    }

    /// Where a process dies.
    enum Death {
        AFTER_THE_PLAN,
        AFTER_THE_INSERT
    }

    @ParameterizedTest
    @EnumSource
    void death_between_plan_insert_and_commit_leaves_no_row_out_and_none_twice(Death death)
            throws Exception {
        topic.send("e", 0, 3_000);
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            FeedLoop loop = loop(dyingAt(death, consumer));
            loop.subscribe();
            assertThatThrownBy(
                            () -> {
                                for (int turn = 0; turn < 1_000; turn++) {
                                    loop.turn(true);
                                }
                            })
                    .hasMessage("killed");
        }
        long before = count("ingest_events");
        assertThat(before > 0).isEqualTo(death == Death.AFTER_THE_INSERT);

        feedAll();

        assertThat(count("ingest_events")).isEqualTo(3_000);
    }

    private FeedLoop loop(Consumer<byte[], byte[]> consumer) {
        engine().sink(address);
        return new FeedLoop(
                consumer, topic.settings(), engine().inserter(address), metrics, System::nanoTime);
    }

    private Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka().bootstrapServers(),
                        "group.id",
                        topic.settings().group(),
                        "enable.auto.commit",
                        "false",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /// The real consumer up to a commit, at which the process is gone.
    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> dyingAt(
            Death death, Consumer<byte[], byte[]> consumer) {
        return (Consumer<byte[], byte[]>)
                Proxy.newProxyInstance(
                        ClickHouseFeedTest.class.getClassLoader(),
                        new Class<?>[] {Consumer.class},
                        (_, method, arguments) -> {
                            boolean commit = method.getName().equals("commitSync");
                            boolean plan = commit && arguments[0].toString().contains("last=");
                            if (commit && !plan && death == Death.AFTER_THE_INSERT) {
                                throw new IllegalStateException("killed");
                            }
                            try {
                                Object result = method.invoke(consumer, arguments);
                                if (plan && death == Death.AFTER_THE_PLAN) {
                                    throw new IllegalStateException("killed");
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getTargetException();
                            }
                        });
    }

    @Test
    void a_process_killed_at_any_moment_leaves_no_row_out_and_none_twice() throws Exception {
        int events = 30_000;
        engine().sink(address);
        topic.send("e", 0, events);
        for (int kill = 1; kill <= 3; kill++) {
            Process process = child();
            long wanted = 6_000L * kill;
            await(() -> count("ingest_events") >= wanted);
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(count("ingest_events")).isLessThan(events);

        feedAll();

        assertThat(count("ingest_events_once")).isEqualTo(events);
        assertThat(count("ingest_events")).isEqualTo(events);
    }

    private Process child() throws Exception {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FeedMain.class.getName(),
                                kafka().bootstrapServers(),
                                topic.name,
                                address.url().toString(),
                                address.user(),
                                address.password(),
                                address.database()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void an_engine_killed_in_mid_run_loses_nothing_and_shows_nothing_twice() throws Exception {
        int events = 0;
        try (ClickHouseFeed feed = feed()) {
            for (int kill = 0; kill < 2; kill++) {
                topic.send("e", events, 10_000);
                long before = events;
                events += 10_000;
                await(() -> count("ingest_events") > before);
                engine().server.killNine();
                engine().server.restart();
            }
            assertThat(feed.drain(LONG)).isTrue();
        }

        assertThat(count("ingest_events_once")).isEqualTo(events);
    }

    @Test
    void a_topic_made_anew_with_the_same_offsets_is_not_mistaken_for_the_old_one()
            throws Exception {
        topic.send("old", 0, 100);
        feedAll();
        topic.delete();
        topic.make(2);
        topic.send("new", 0, 100);
        ClickHouseFeed other =
                ClickHouseFeed.start(
                        new FeedSettings(
                                kafka().bootstrapServers(),
                                topic.name,
                                "another-group",
                                Topic.SESSION,
                                topic.settings().gathering()),
                        address,
                        Engine.PATIENT,
                        new ClickHouseFeed.Meters(engine().metrics, metrics),
                        TimeAndChance.system());
        assertThat(other.drain(LONG)).isTrue();

        assertThat(count("ingest_events")).isEqualTo(200);
    }

    @Test
    void another_process_goes_on_where_one_ended() throws Exception {
        topic.send("e", 0, 1_000);
        try (ClickHouseFeed first = feed()) {
            await(() -> count("ingest_events") == 1_000);
            try (ClickHouseFeed second = feed()) {
                topic.send("e", 1_000, 1_000);
                await(() -> count("ingest_events") == 2_000);
                assertThat(first.drain(LONG)).isTrue();
                topic.send("e", 2_000, 1_000);
                assertThat(second.drain(LONG)).isTrue();
            }
        }

        assertThat(count("ingest_events")).isEqualTo(3_000);
    }

    @Test
    void only_our_own_metadata_is_a_plan() {
        assertThat(Plan.parse(new Plan(42).text())).contains(new Plan(42));
        assertThat(Plan.parse(new OffsetAndMetadata(7).metadata())).isEmpty();
        assertThat(Plan.parse("last=42")).isEmpty();
    }
}
