package io.floodmark.ingest.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.flow.Events;
import io.floodmark.ingest.replay.DeadLetter;
import io.floodmark.ingest.replay.Replay;
import io.floodmark.ingest.replay.ReplayReport;
import io.floodmark.ingest.wire.BodyReader;
import io.floodmark.store.TimeAndChance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ClickHouseSinkTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static @Nullable Engine started;

    private final ClickHouseAddress address = engine().database();
    private final ClickHouseSink sink = engine().sink(address);

    @BeforeAll
    static void start() {
        started = Engine.start();
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    private static Engine engine() {
        if (started == null) {
            throw new IllegalStateException("the engine did not start");
        }
        return started;
    }

    static List<Delivery> batch(String tenant, List<WireEvent> events) {
        return events.stream().map(event -> new Delivery(tenant, event)).toList();
    }

    private List<Outcome> write(List<Delivery> batch) {
        try (Sink.Writer writer = sink.open()) {
            Sink.Written written = writer.write(batch);
            assertThat(written.healthy()).isTrue();
            return written.outcomes();
        }
    }

    private long count(String from) {
        return engine().count(address, from);
    }

    private static Piece piece(String name, int rows) {
        return new Piece(
                name,
                batch("", Events.many(name, rows)).stream()
                        .map(it -> new EventRow(it, 1_700_000_000_000_000L, new Origin.Request()))
                        .toList());
    }

    @Test
    void events_are_stored_with_what_is_known_of_them() {
        WireEvent event =
                Events.event(
                        "e-1",
                        "purchase",
                        "{\"event_id\":\"e-1\",\"campaign\":\"ü\",\"revenue\":12.50,\"user_id\":\"u\"}");

        assertThat(write(batch("acme", List.of(event)))).containsExactly(new Outcome.Stored());

        assertThat(
                        count(
                                """
                                ingest_events_once WHERE tenant = 'acme' AND event_id = 'e-1'
                                AND event_type = 'purchase' AND key = ''
                                AND toUnixTimestamp64Micro(occurred_at) = 0
                                AND abs(dateDiff('second', received_at, now())) < 60
                                AND kafka_partition = -1
                                """))
                .isEqualTo(1);
        assertThat(
                        engine().sql(
                                        "SELECT campaign, revenue, user_id, channel FROM %s.ingest_events FORMAT JSONCompactEachRow"
                                                .formatted(address.database())))
                .isEqualTo("[\"ü\", 12.5, \"u\", \"\"]");
    }

    @Test
    void an_event_that_comes_again_is_shown_once_and_its_first_form_stays() {
        WireEvent first = Events.event("e0", "first", "{}");
        List<WireEvent> events = new ArrayList<>(List.of(first));
        events.add(Events.event("e0", "within", "{}"));

        assertThat(write(batch("a", events)))
                .containsExactly(new Outcome.Stored(), new Outcome.Duplicate());
        write(batch("a", List.of(Events.event("e0", "later", "{}"))));
        write(batch("b", List.of(Events.event("e0", "other", "{}"))));

        assertThat(count("ingest_events_once")).isEqualTo(2);
        assertThat(count("ingest_events_once WHERE event_type = 'first'")).isEqualTo(1);
    }

    @Test
    void a_row_that_clickhouse_refuses_goes_to_the_dead_letters_and_the_others_are_stored() {
        engine().sql(
                        "ALTER TABLE %s.ingest_events ADD CONSTRAINT c CHECK event_type != 'poison'"
                                .formatted(address.database()));
        List<WireEvent> events = new ArrayList<>(Events.many("e", 99));
        events.add(37, Events.event("bad", "poison", "{\"x\":1}"));

        List<Outcome> outcomes = write(batch("", events));

        assertThat(outcomes.get(37)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.stream().filter(Outcome.Stored.class::isInstance)).hasSize(99);
        assertThat(count("ingest_events")).isEqualTo(99);
        assertThat(
                        count(
                                """
                                ingest_dead_letters WHERE event_id = 'bad' AND code = 469
                                AND value = '{"x":1}' AND reason LIKE '%Constraint%'
                                """))
                .isEqualTo(1);
    }

    @Test
    void so_many_bad_rows_that_the_patience_ends_get_through_in_several_goes() {
        engine().sql(
                        "ALTER TABLE %s.ingest_events ADD CONSTRAINT c CHECK event_type != 'poison'"
                                .formatted(address.database()));
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            WireEvent event = Events.event("e" + i, i % 3 == 0 ? "poison" : "view", "{}");
            rows.add(new EventRow(new Delivery("", event), 1, new Origin.Request()));
        }
        Piece piece = new Piece("many", rows);
        Progress progress = new Progress();
        Inserter inserter =
                engine().inserter(
                                address,
                                new InsertSettings(
                                        Duration.ofMillis(50),
                                        Duration.ofSeconds(5),
                                        Duration.ofMillis(1)));
        List<Outcome> outcomes = List.of(new Outcome.Unknown(""));
        int goes = 0;
        while (!outcomes.stream().allMatch(ClickHouseWriter::settled)) {
            outcomes = inserter.insert(piece, goes > 0, progress);
            goes++;
            assertThat(goes).isLessThan(1_000);
        }

        assertThat(goes).isGreaterThan(1);
        assertThat(outcomes.stream().filter(Outcome.Rejected.class::isInstance)).hasSize(20);
        assertThat(count("ingest_events")).isEqualTo(40);
        assertThat(count("ingest_dead_letters")).isEqualTo(20);
    }

    @Test
    void a_table_that_somebody_dropped_is_made_again() {
        write(batch("", Events.many("a", 1)));
        engine().sql("DROP TABLE " + address.database() + ".ingest_events SYNC");

        assertThat(write(batch("", Events.many("b", 1)))).containsOnly(new Outcome.Stored());
        assertThat(count("ingest_events")).isEqualTo(1);
    }

    @Test
    void rows_that_are_inserted_again_under_their_name_are_there_once() {
        Inserter inserter = engine().inserter(address);

        assertThat(inserter.insert(piece("p", 100), false)).containsOnly(new Outcome.Stored());
        // As after a crash before the first answer was seen, and as without any memory of it.
        assertThat(inserter.insert(piece("p", 100), true)).containsOnly(new Outcome.Stored());
        assertThat(inserter.insert(piece("p", 100), false)).containsOnly(new Outcome.Stored());

        assertThat(count("ingest_events")).isEqualTo(100);
    }

    @Test
    void rows_whose_token_is_known_without_them_are_inserted() {
        Inserter inserter = engine().inserter(address);
        inserter.insert(piece("p", 10), false);
        engine().sql(
                        "ALTER TABLE %s.ingest_events DELETE WHERE 1 SETTINGS mutations_sync = 1"
                                .formatted(address.database()));
        inserter.insert(piece("p", 10), false);
        // The token alone is believed here: that is the gap which the look closes.
        assertThat(count("ingest_events")).isZero();

        assertThat(inserter.insert(piece("p", 10), true)).containsOnly(new Outcome.Stored());

        assertThat(count("ingest_events")).isEqualTo(10);
    }

    @Test
    void a_paused_engine_leaves_no_event_twice_and_none_out() throws Exception {
        try (Sink.Writer writer = sink.open();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            writer.write(batch("", Events.many("warm", 1)));
            engine().server.pause();
            Future<Sink.Written> written;
            try {
                written = executor.submit(() -> writer.write(batch("", Events.many("e", 50))));
                Future<Sink.Written> longerThanAnAnswerMayTake = written;
                assertThatThrownBy(
                                () -> longerThanAnAnswerMayTake.get(2_500, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
            } finally {
                engine().server.resume();
            }

            assertThat(written.get(60, TimeUnit.SECONDS).outcomes())
                    .containsOnly(new Outcome.Stored());
        }
        assertThat(count("ingest_events_once")).isEqualTo(51);
    }

    @Test
    void an_engine_killed_in_the_middle_of_inserts_loses_nothing_and_shows_nothing_twice()
            throws Exception {
        int kills = 2;
        long written = 0;
        try (Sink.Writer writer = sink.open();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            for (int kill = 0; kill < kills; kill++) {
                Future<?> killer = executor.submit(ClickHouseSinkTest::killAndRestart);
                do {
                    List<Delivery> batch = batch("", Events.many("e" + written + "-", 2_000));
                    assertThat(writer.write(batch).outcomes()).containsOnly(new Outcome.Stored());
                    written += batch.size();
                } while (!killer.isDone());
                killer.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(count("ingest_events_once")).isEqualTo(written);
    }

    private static void killAndRestart() {
        engine().server.killNine();
        engine().server.restart();
    }

    @Test
    void without_an_engine_no_outcome_is_final_and_the_sink_is_not_healthy() {
        InsertSettings hasty =
                new InsertSettings(
                        Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMillis(20));
        ClickHouseSink other =
                ClickHouseSink.open(address, hasty, engine().metrics, TimeAndChance.system());
        engine().server.stop();
        try (Sink.Writer writer = other.open()) {
            Sink.Written written = writer.write(batch("", Events.many("e", 2)));

            assertThat(written.healthy()).isFalse();
            assertThat(written.outcomes()).hasSize(2).noneMatch(ClickHouseWriter::settled);
            assertThatThrownBy(() -> engine().sink(address))
                    .isInstanceOf(ClickHouseNotReady.class)
                    .hasMessageContaining("no connection");
        } finally {
            engine().server.restart();
        }
    }

    @Test
    void an_audit_sees_each_event_once_and_is_told_how_many_rows_there_are() throws Exception {
        write(batch("a", Events.many("e\"\t", 3)));
        write(batch("a", Events.many("e\"\t", 1)));
        write(batch("b", Events.many("other", 1)));
        List<String> ids = new ArrayList<>();
        ClickHouseStoredIds stored = new ClickHouseStoredIds(address, "a", Instant.EPOCH);

        stored.read((id, arrived) -> {
            assertThat(Duration.between(arrived, Instant.now()).abs()).isLessThan(TEN_MINUTES);
            ids.add(id);
        });

        assertThat(ids).containsExactlyInAnyOrder("e\"\t0", "e\"\t1", "e\"\t2");
        assertThat(stored.remarks())
                .singleElement()
                .asString()
                .contains("3 events after deduplication", "4 rows in the table");
        ids.clear();
        new ClickHouseStoredIds(address, "a", Instant.now().plus(TEN_MINUTES))
                .read((id, _) -> ids.add(id));
        assertThat(ids).isEmpty();
    }

    @Test
    void an_audit_of_a_database_without_tables_says_so() {
        ClickHouseAddress empty = engine().database();

        assertThatThrownBy(
                        () -> new ClickHouseStoredIds(empty, "", Instant.EPOCH).read((_, _) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ingest_events_once");
    }

    @Test
    void a_dead_letter_is_replayed_once_and_one_refused_again_is_listed_once() {
        String json =
                "{\"event_id\":\"bad\",\"event_type\":\"poison\",\"timestamp\":\"2026-11-21T10:00:00Z\"}";
        String table = address.database() + ".ingest_events";
        engine().sql("ALTER TABLE " + table + " ADD CONSTRAINT c CHECK event_type != 'poison'");
        write(batch("shop", List.of(Events.event("bad", "poison", json))));

        try (ClickHouseDeadLetters letters = ClickHouseDeadLetters.open(address)) {
            assertThat(letters.next("", 10))
                    .singleElement()
                    .returns("shop", DeadLetter::tenant)
                    .returns("bad", DeadLetter::eventId)
                    .returns("469", DeadLetter::code)
                    .returns(json, DeadLetter::json);
            assertThat(replay(letters).refused()).isEqualTo(1);
            assertThat(count("ingest_dead_letters")).isEqualTo(2);
            assertThat(letters.next("", 10)).isEmpty();
        }
        try (ClickHouseDeadLetters letters = ClickHouseDeadLetters.open(address)) {
            assertThat(letters.next("", 10)).hasSize(1);
            engine().sql("ALTER TABLE " + table + " DROP CONSTRAINT c");
            assertThat(replay(letters)).isEqualTo(new ReplayReport(1, 0, 0, 0, List.of()));
        }
        try (ClickHouseDeadLetters letters = ClickHouseDeadLetters.open(address)) {
            assertThat(letters.next("", 10)).isEmpty();
        }
        assertThat(count("ingest_events_once WHERE tenant = 'shop' AND event_id = 'bad'"))
                .isEqualTo(1);
    }

    private ReplayReport replay(ClickHouseDeadLetters letters) {
        try (Sink.Writer writer = sink.open()) {
            BodyReader reader = new BodyReader(IngestLimits.defaults());
            return new Replay(letters, writer, reader, TimeAndChance.system()).run(100);
        }
    }

    @Test
    void a_wrong_password_is_named_when_the_sink_opens() {
        ClickHouseAddress wrong =
                new ClickHouseAddress(
                        address.url(), address.user(), "secret-x", address.database());

        assertThatThrownBy(() -> engine().sink(wrong))
                .isInstanceOf(ClickHouseNotReady.class)
                .hasMessageContaining("code 516")
                .hasMessageNotContaining("secret-x");
    }
}
