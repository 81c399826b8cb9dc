package io.floodmark.ingest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.flow.Events;
import io.floodmark.local.LocalPostgres;
import io.floodmark.store.TimeAndChance;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresSinkTest {
    private static final SinkSettings PATIENT =
            new SinkSettings(
                    Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMillis(20), 2);
    private static int number;

    private static LocalPostgres server;
    private String schema = "";
    private PostgresSink sink = open();

    @BeforeAll
    static void start() {
        server = LocalPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static DataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setUser(server.user());
        source.setPassword(server.password());
        source.setConnectTimeout(2);
        return source;
    }

    private PostgresSink open() {
        schema = "ingest_" + ++number;
        return PostgresSink.open(
                database(), new IngestSchema(schema), PATIENT, TimeAndChance.system());
    }

    @BeforeEach
    void serverRuns() {
        assertThat(server.isRunning()).isTrue();
    }

    private static List<Delivery> batch(String tenant, List<WireEvent> events) {
        return events.stream().map(event -> new Delivery(tenant, event)).toList();
    }

    private List<Outcome> write(List<Delivery> batch) {
        try (Sink.Writer writer = sink.open()) {
            Sink.Written written = writer.write(batch);
            assertThat(written.healthy()).isTrue();
            return written.outcomes();
        }
    }

    private long count(String table) throws SQLException {
        return number("SELECT count(*) FROM " + schema + "." + table);
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void events_are_stored_with_what_is_known_of_them() throws Exception {
        WireEvent event =
                Events.event("e-1", "purchase", "{\"event_id\":\"e-1\",\"n\":{\"q\":\"ü\"}}");

        assertThat(write(batch("acme", List.of(event)))).containsExactly(new Outcome.Stored());

        assertThat(
                        number(
                                """
                                SELECT count(*) FROM %s.ingest_events
                                WHERE tenant = 'acme' AND event_id = 'e-1' AND event_type = 'purchase'
                                AND key IS NULL AND occurred_at = 'epoch' AND event #>> '{n,q}' = 'ü'
                                AND received_at BETWEEN now() - interval '1 minute' AND now()
                                """
                                        .formatted(schema)))
                .isEqualTo(1);
    }

    @Test
    void an_id_is_stored_once_for_each_tenant() throws Exception {
        List<WireEvent> events = new ArrayList<>(Events.many("e", 5));
        events.add(Events.event("e0"));

        assertThat(write(batch("a", events)))
                .containsExactly(
                        new Outcome.Stored(),
                        new Outcome.Stored(),
                        new Outcome.Stored(),
                        new Outcome.Stored(),
                        new Outcome.Stored(),
                        new Outcome.Duplicate());
        assertThat(write(batch("a", events))).containsOnly(new Outcome.Duplicate());
        assertThat(write(batch("b", events.subList(0, 5)))).containsOnly(new Outcome.Stored());
        assertThat(count("ingest_events")).isEqualTo(10);
    }

    @Test
    void writers_with_the_same_ids_in_other_orders_do_not_block_each_other() throws Exception {
        List<Delivery> forwards = batch("", Events.many("e", 300));
        List<Delivery> backwards = forwards.reversed();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<List<Outcome>>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                List<Delivery> batch = i % 2 == 0 ? forwards : backwards;
                all.add(executor.submit(() -> write(batch)));
            }
            long stored = 0;
            for (Future<List<Outcome>> one : all) {
                stored +=
                        one.get(60, TimeUnit.SECONDS).stream()
                                .filter(Outcome.Stored.class::isInstance)
                                .count();
            }
            assertThat(stored).isEqualTo(300);
        }
        assertThat(count("ingest_events")).isEqualTo(300);
    }

    @Test
    void an_event_that_the_database_refuses_goes_to_the_dead_letters_and_the_others_are_stored()
            throws Exception {
        execute(
                "ALTER TABLE %s.ingest_events ADD CONSTRAINT c CHECK (event_type <> 'poison')"
                        .formatted(schema));
        List<WireEvent> events = new ArrayList<>(Events.many("e", 99));
        events.add(37, Events.event("bad", "poison", "{\"x\":1}"));

        List<Outcome> outcomes = write(batch("", events));

        assertThat(outcomes.get(37)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.stream().filter(Outcome.Stored.class::isInstance)).hasSize(99);
        assertThat(count("ingest_events")).isEqualTo(99);
        assertThat(
                        number(
                                "SELECT count(*) FROM %s.ingest_dead_letters WHERE event_id = 'bad' AND sqlstate = '23514' AND convert_from(event, 'UTF8') = '{\"x\":1}'"
                                        .formatted(schema)))
                .isEqualTo(1);
        assertThat(write(batch("", List.of(events.get(37)))).getFirst())
                .isInstanceOf(Outcome.Rejected.class);
        assertThat(number("SELECT times FROM " + schema + ".ingest_dead_letters")).isEqualTo(2);
    }

    @Test
    void an_id_that_comes_again_behind_a_refused_event_is_a_duplicate() throws Exception {
        execute(
                "ALTER TABLE %s.ingest_events ADD CONSTRAINT c CHECK (event_type <> 'poison')"
                        .formatted(schema));
        List<WireEvent> events =
                List.of(
                        Events.event("x"),
                        Events.event("y"),
                        Events.event("bad", "poison", "{}"),
                        Events.event("x"));

        List<Outcome> outcomes = write(batch("", events));

        assertThat(outcomes.subList(0, 2)).containsOnly(new Outcome.Stored());
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get(3)).isEqualTo(new Outcome.Duplicate());
    }

    @Test
    void an_event_that_breaks_a_unique_constraint_of_the_user_is_refused() throws Exception {
        write(batch("", Events.many("a", 1)));
        execute(
                """
                DO $$ BEGIN EXECUTE (
                    SELECT format('CREATE UNIQUE INDEX ON %%s ((event ->> ''n''))', inhrelid::regclass)
                    FROM pg_inherits JOIN pg_class ON oid = inhrelid
                    WHERE inhparent = '%s.ingest_events'::regclass
                    AND right(relname, 8) = to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD'));
                END $$
                """
                        .formatted(schema));
        List<WireEvent> events =
                List.of(
                        Events.event("x", "t", "{\"n\":1}"),
                        Events.event("y", "t", "{\"n\":2}"),
                        Events.event("z", "t", "{\"n\":1}"));

        List<Outcome> outcomes = write(batch("", events));

        assertThat(outcomes.subList(0, 2)).containsOnly(new Outcome.Stored());
        assertThat(outcomes.getLast()).isInstanceOf(Outcome.Rejected.class);
        assertThat(number("SELECT count(*) FROM " + schema + ".ingest_dead_letters")).isEqualTo(1);
    }

    @Test
    void a_commit_whose_answer_is_lost_is_stored_and_not_a_duplicate() throws Exception {
        AtomicInteger commits = new AtomicInteger(Integer.MIN_VALUE);
        DataSource deaf =
                proxy(
                        DataSource.class,
                        database(),
                        "getConnection",
                        made ->
                                proxy(
                                        Connection.class,
                                        Objects.requireNonNull(made),
                                        "commit",
                                        _ -> {
                                            // The first is that of the day's partition.
                                            if (commits.incrementAndGet() == 2) {
                                                throw new SQLException(
                                                        "the answer is lost", "08006");
                                            }
                                            return null;
                                        }));
        PostgresSink cut =
                PostgresSink.open(deaf, new IngestSchema(schema), PATIENT, TimeAndChance.system());
        commits.set(0);
        try (Sink.Writer writer = cut.open()) {
            assertThat(writer.write(batch("", Events.many("e", 50))).outcomes())
                    .containsOnly(new Outcome.Stored());
        }
        assertThat(commits).hasValueGreaterThan(2);
        assertThat(count("ingest_events")).isEqualTo(50);
    }

    /// What is done with the result of a call.
    private interface After {
        @Nullable Object call(@Nullable Object result) throws Exception;
    }

    /// The real thing, with something done after each call of one method.
    private static <T> T proxy(Class<T> type, Object real, String method, After after) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, called, arguments) -> {
                            try {
                                Object result = called.invoke(real, arguments);
                                return called.getName().equals(method)
                                        ? after.call(result)
                                        : result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    @Test
    void a_partition_that_somebody_dropped_is_made_again() throws Exception {
        write(batch("", Events.many("a", 1)));
        execute(
                """
                DO $$ DECLARE part regclass; BEGIN
                FOR part IN SELECT inhrelid::regclass FROM pg_inherits
                WHERE inhparent = '%s.ingest_events'::regclass
                LOOP EXECUTE 'DROP TABLE ' || part; END LOOP; END $$
                """
                        .formatted(schema));

        assertThat(write(batch("", Events.many("b", 1)))).containsOnly(new Outcome.Stored());
        assertThat(count("ingest_dead_letters")).isZero();
    }

    @Test
    void a_frozen_server_leaves_no_event_twice_and_none_out() throws Exception {
        try (Sink.Writer writer = sink.open();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            writer.write(batch("", Events.many("warm", 1)));
            server.faults().freeze();
            Future<Sink.Written> written;
            try {
                written = executor.submit(() -> writer.write(batch("", Events.many("e", 50))));
                Future<Sink.Written> longerThanTheWriterWaits = written;
                assertThatThrownBy(() -> longerThanTheWriterWaits.get(2_500, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
            } finally {
                server.faults().thaw();
            }

            assertThat(written.get(60, TimeUnit.SECONDS).outcomes())
                    .containsOnly(new Outcome.Stored());
        }
        assertThat(count("ingest_events")).isEqualTo(51);
    }

    @Test
    void a_killed_server_that_comes_back_gets_the_batch_again() throws Exception {
        try (Sink.Writer writer = sink.open();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            writer.write(batch("", Events.many("warm", 1)));
            server.faults().killNine();
            Future<Sink.Written> written =
                    executor.submit(() -> writer.write(batch("", Events.many("e", 50))));
            server.restart();

            assertThat(written.get(60, TimeUnit.SECONDS).outcomes())
                    .containsOnly(new Outcome.Stored());
        }
        assertThat(count("ingest_events")).isEqualTo(51);
    }

    @Test
    void without_a_server_the_outcome_is_unknown_and_the_sink_not_healthy() {
        SinkSettings hasty =
                new SinkSettings(
                        Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMillis(20), 2);
        PostgresSink other =
                PostgresSink.open(
                        database(), new IngestSchema(schema), hasty, TimeAndChance.system());
        server.stop();
        try (Sink.Writer writer = other.open()) {
            Sink.Written written = writer.write(batch("", Events.many("e", 2)));

            assertThat(written.healthy()).isFalse();
            assertThat(written.outcomes())
                    .hasSize(2)
                    .allMatch(outcome -> outcome instanceof Outcome.Unknown);
        } finally {
            server.restart();
        }
    }

    @Test
    void a_batch_with_a_duplicate_stores_the_others_and_so_do_the_batches_after_it()
            throws Exception {
        assertThat(write(batch("", Events.many("a", 10)))).containsOnly(new Outcome.Stored());
        try (Sink.Writer writer = sink.open()) {
            for (int round = 0; round < 60; round++) {
                List<WireEvent> events = new ArrayList<>(Events.many("r" + round + "-", 5));
                events.add(2, Events.event("a3"));

                List<Outcome> outcomes = writer.write(batch("", events)).outcomes();

                assertThat(outcomes).hasSize(6);
                assertThat(outcomes.get(2)).isEqualTo(new Outcome.Duplicate());
                assertThat(outcomes).filteredOn(new Outcome.Stored()::equals).hasSize(5);
            }
            assertThat(writer.write(batch("", Events.many("z", 5))).outcomes())
                    .containsOnly(new Outcome.Stored());
        }
        assertThat(count("ingest_events")).isEqualTo(10 + 60 * 5 + 5);
    }

    @Test
    void writers_that_take_the_same_ids_at_a_time_store_each_once() throws Exception {
        List<Delivery> same = batch("", Events.many("s", 500));
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 5; round++) {
                List<Delivery> mixed =
                        batch("", new ArrayList<>(Events.many("m" + round + "-", 300)));
                List<Future<List<Outcome>>> all = new ArrayList<>();
                for (int writer = 0; writer < 4; writer++) {
                    all.add(executor.submit(() -> write(mixed)));
                }
                all.add(executor.submit(() -> write(same)));
                long stored = 0;
                for (Future<List<Outcome>> one : all.subList(0, 4)) {
                    stored +=
                            one.get(30, TimeUnit.SECONDS).stream()
                                    .filter(new Outcome.Stored()::equals)
                                    .count();
                }
                all.getLast().get(30, TimeUnit.SECONDS);
                assertThat(stored).isEqualTo(300);
            }
        }
        assertThat(count("ingest_events")).isEqualTo(500 + 5 * 300);
    }
}
