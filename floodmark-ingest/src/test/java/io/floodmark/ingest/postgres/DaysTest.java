package io.floodmark.ingest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.flow.Events;
import io.floodmark.local.LocalPostgres;
import io.floodmark.store.TimeAndChance;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/// What happens to ids when a day ends. Time passes by moving what is stored into the past; a
/// service looks at the days that there are once for each day, so it is begun anew then.
final class DaysTest {
    private static final Outcome STORED = new Outcome.Stored();
    private static final Outcome DUPLICATE = new Outcome.Duplicate();
    private static int number;

    private static LocalPostgres server;
    private final String schema = "days_" + ++number;
    private PostgresSink sink = open(2);

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
        return source;
    }

    private PostgresSink open(int dedupDays) {
        return PostgresSink.open(
                database(),
                new IngestSchema(schema),
                SinkSettings.defaults().withDedupDays(dedupDays),
                TimeAndChance.system());
    }

    private static List<Outcome> write(PostgresSink sink, String prefix, int count) {
        try (Sink.Writer writer = sink.open()) {
            return writer.write(batch(prefix, count)).outcomes();
        }
    }

    private static List<Delivery> batch(String prefix, int count) {
        return new ArrayList<>(
                Events.many(prefix, count).stream()
                        .map(event -> new Delivery("t", event))
                        .toList());
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + schema);
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /// Moves every partition and its events a day back.
    private void aDayPasses() throws SQLException {
        execute(
                """
                DO $$ DECLARE part record; day date; name text; BEGIN
                SET LOCAL search_path TO %s;
                FOR part IN SELECT relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
                    WHERE inhparent = 'ingest_events'::regclass ORDER BY relname
                LOOP
                    day := to_date(right(part.relname, 8), 'YYYYMMDD') - 1;
                    name := 'ingest_events_' || to_char(day, 'YYYYMMDD');
                    EXECUTE format('ALTER TABLE ingest_events DETACH PARTITION %%I', part.relname);
                    EXECUTE format('UPDATE %%I SET received_at = received_at - interval ''1 day''', part.relname);
                    EXECUTE format('ALTER TABLE %%I RENAME TO %%I', part.relname, name);
                    EXECUTE format('ALTER TABLE ingest_events ATTACH PARTITION %%I FOR VALUES FROM (%%L) TO (%%L)',
                        name, day || ' 00:00:00+00', day + 1 || ' 00:00:00+00');
                END LOOP; END $$
                """
                        .formatted(schema));
    }

    private static Partitions anotherService(String schema) {
        return new Partitions(new IngestSchema(schema), 2);
    }

    private void tomorrowIsOpened() throws SQLException {
        try (Connection connection = database().getConnection()) {
            anotherService(schema).open(connection, today().plusDays(1));
        }
    }

    @Test
    void an_id_of_yesterday_is_a_duplicate_and_an_older_one_is_not() throws Exception {
        assertThat(write(sink, "a", 20)).containsOnly(STORED);
        aDayPasses();
        sink = open(2);
        assertThat(write(sink, "a", 21)).startsWith(DUPLICATE).endsWith(STORED);
        assertThat(number("SELECT count(*) FROM ingest_events")).isEqualTo(21);
        aDayPasses();
        sink = open(2);

        assertThat(write(sink, "a", 20)).containsOnly(STORED);
        assertThat(write(sink, "a", 21)).containsOnly(DUPLICATE);
    }

    @Test
    void the_days_that_count_can_be_more() throws Exception {
        assertThat(write(sink, "a", 5)).containsOnly(STORED);
        aDayPasses();
        aDayPasses();
        aDayPasses();

        assertThat(write(open(4), "a", 5)).containsOnly(DUPLICATE);
        assertThat(write(open(3), "a", 5)).containsOnly(STORED);
    }

    @Test
    void with_one_day_only_the_current_one_counts() throws Exception {
        assertThat(write(open(1), "a", 5)).containsOnly(STORED);
        assertThat(write(open(1), "a", 5)).containsOnly(DUPLICATE);
        aDayPasses();

        assertThat(write(open(1), "a", 5)).containsOnly(STORED);
    }

    @Test
    void a_service_whose_day_is_over_writes_into_the_next_and_knows_the_ids_of_both()
            throws Exception {
        assertThat(write(sink, "a", 5)).containsOnly(STORED);
        tomorrowIsOpened();

        assertThat(write(sink, "a", 7)).startsWith(DUPLICATE).endsWith(STORED);
        assertThat(
                        number(
                                "SELECT count(*) FROM ingest_events WHERE received_at = DATE '%s' + TIME WITH TIME ZONE '00:00+00'"
                                        .formatted(today().plusDays(1))))
                .isEqualTo(2);
    }

    @Test
    void a_clock_that_goes_back_meets_a_day_that_is_over_though_nothing_came_on_it()
            throws Exception {
        tomorrowIsOpened();
        PostgresSink ahead = open(2);
        assertThat(write(ahead, "a", 5)).containsOnly(STORED);

        assertThat(write(open(2), "a", 6)).startsWith(DUPLICATE).endsWith(STORED);
        assertThat(number("SELECT count(DISTINCT received_at) FROM ingest_events")).isEqualTo(1);
    }

    @Test
    void a_partition_that_was_detached_is_attached_again_with_what_it_holds() throws Exception {
        assertThat(write(sink, "a", 5)).containsOnly(STORED);
        execute(
                "ALTER TABLE %1$s.ingest_events DETACH PARTITION %1$s.ingest_events_%2$s"
                        .formatted(schema, today().format(DateTimeFormatter.BASIC_ISO_DATE)));

        assertThat(write(sink, "a", 7)).startsWith(DUPLICATE).endsWith(STORED);
    }

    @Test
    void a_day_is_closed_after_the_transactions_that_write_into_it() throws Exception {
        write(sink, "a", 1);
        try (Connection writing = database().getConnection();
                Statement statement = writing.createStatement();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            writing.setAutoCommit(false);
            statement.execute(
                    "INSERT INTO %s.ingest_events VALUES (now(), now(), 't', 'late', 'type', NULL, '{}')"
                            .formatted(schema));

            Future<?> opened =
                    other.submit(() -> {
                        tomorrowIsOpened();
                        return null;
                    });
            assertThatThrownBy(() -> opened.get(500, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            writing.commit();
            opened.get(30, TimeUnit.SECONDS);
        }
        assertThatThrownBy(() ->
                        execute(
                                "INSERT INTO %s.ingest_events VALUES (now(), now(), 't', 'later', 'type', NULL, '{}')"
                                        .formatted(schema)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("takes no more events");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void writers_that_meet_a_change_of_day_store_each_id_once(long seed) throws Exception {
        int writers = 4;
        int rounds = 12;
        CyclicBarrier together = new CyclicBarrier(writers + 1);
        long stored = 0;
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                // Each as a service of its own: what one learns of days the others do not know.
                PostgresSink own = open(2);
                Random random = new Random(seed * 31 + i);
                all.add(executor.submit(() -> writeRounds(own, random, rounds, together)));
            }
            for (int round = 0; round < rounds; round++) {
                together.await(30, TimeUnit.SECONDS);
                if (round == rounds / 2) {
                    tomorrowIsOpened();
                }
            }
            for (Future<Long> one : all) {
                stored += one.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(stored).isEqualTo(number("SELECT count(*) FROM ingest_events"));
        assertThat(stored)
                .isEqualTo(number("SELECT count(DISTINCT (tenant, event_id)) FROM ingest_events"));
        assertThat(number("SELECT count(DISTINCT received_at::date) FROM ingest_events"))
                .isEqualTo(2);
    }

    /// In each round all writers send the same ids, shuffled, so that each is contested, and some
    /// of the round before.
    private static long writeRounds(
            PostgresSink sink, Random random, int rounds, CyclicBarrier together) throws Exception {
        long stored = 0;
        try (Sink.Writer writer = sink.open()) {
            for (int round = 0; round < rounds; round++) {
                List<Delivery> batch = batch("r" + round + "-", 40);
                batch.addAll(batch("r" + (round - 1) + "-", 10));
                Collections.shuffle(batch, random);
                together.await(30, TimeUnit.SECONDS);
                stored += writer.write(batch).outcomes().stream().filter(STORED::equals).count();
            }
        }
        return stored;
    }

    @Test
    void tables_of_an_older_layout_are_brought_up_to_date_with_their_ids() throws Exception {
        String old = "days_old";
        Flyway.configure()
                .dataSource(database())
                .defaultSchema(old)
                .table("ingest_schema_history")
                .locations("classpath:io/floodmark/ingest/postgres/migration")
                .placeholders(Map.of("schema", old))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target("10")
                .load()
                .migrate();
        LocalDate today = today();
        execute(
                """
                SET search_path TO %1$s;
                CREATE TABLE ingest_events_%2$s PARTITION OF ingest_events
                    FOR VALUES FROM ('%3$s 00:00:00+00') TO ('%4$s 00:00:00+00');
                INSERT INTO ingest_events
                    VALUES ('%3$s 00:00:00+00', now(), 't', 'a0', 'type', NULL, '{}');
                INSERT INTO ingest_ids VALUES (gen_random_uuid(), 1, now())
                """
                        .formatted(
                                old,
                                today.format(DateTimeFormatter.BASIC_ISO_DATE),
                                today,
                                today.plusDays(1)));

        PostgresSink upgraded =
                PostgresSink.open(
                        database(),
                        new IngestSchema(old),
                        SinkSettings.defaults(),
                        TimeAndChance.system());

        assertThat(write(upgraded, "a", 2)).containsExactly(DUPLICATE, STORED);
    }
}
