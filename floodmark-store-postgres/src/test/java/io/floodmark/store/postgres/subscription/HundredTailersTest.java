package io.floodmark.store.postgres.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.local.LocalPostgres;
import io.floodmark.store.Event;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Sharing;
import io.floodmark.store.SubscriptionSpec;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.TestStores;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.postgres.schema.SubscribeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/// A hundred tailers of one log, with and without durable checkpoints, alone and in groups, while
/// writers stall in open transactions, sessions are ended and the server crashes: none may lose an
/// event, or see one out of order.
///
/// `-Dfloodmark.tailers.events=100000` makes it longer, `-Dfloodmark.tailers.seed=…` repeats one.
final class HundredTailersTest {
    private static final int EVENTS = Integer.getInteger("floodmark.tailers.events", 1_000);
    private static final int FIRST_EVENTS = 200;
    private static final int POLLERS = 20;
    private static final int ALONE = 40;
    private static final int GROUPS = 5;
    private static final int GROUP_MEMBERS = 8;
    private static final int WRITERS = 6;
    private static final int BATCH_MIN = 10;
    private static final int BATCH_SPREAD = 50;
    private static final int POOLED_SHARE = 20;
    private static final int SEGMENT = 500;
    private static final int LOG_MAX = 10_000_000;
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final Duration WRITE = Duration.ofMillis(30_000 + 20L * EVENTS);

    private final long seed =
            Long.getLong("floodmark.tailers.seed", new Random().nextLong(1L << 48));
    private final Random random = new Random(seed);
    private final LocalPostgres server =
            LocalPostgres.start(LocalPostgres.Options.defaults().with("shared_buffers", "128MB"));
    private final HikariDataSource pool = pool(server);
    private final DataSource plain = plain(server);
    private final StoreSettings settings =
            StoreSettings.defaults()
                    .with(TestStores.freshNames().storage().withSegmentSize(SEGMENT))
                    .with(
                            new SubscribeSettings(
                                    Duration.ofMillis(500), LEASE, Duration.ofSeconds(5)));
    private final List<PostgresEventStore> stores =
            List.of(
                    TestStores.open(pool, settings),
                    TestStores.open(pool, settings),
                    TestStores.open(plain, settings));

    /// Fewer without a pool: each of their statements makes a connection.
    private final List<PostgresEventStore> followed =
            IntStream.rangeClosed(0, POOLED_SHARE)
                    .mapToObj(i -> stores.get(i == POOLED_SHARE ? 2 : i % 2))
                    .toList();

    private final Pace pace = new Pace(EVENTS);
    private final List<Handled> records = new ArrayList<>();

    @AfterEach
    void end() {
        stores.forEach(PostgresEventStore::close);
        pool.close();
        server.close();
    }

    private static HikariDataSource pool(LocalPostgres server) {
        var config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(40);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    private static DataSource plain(LocalPostgres server) {
        var source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setUser(server.user());
        source.setPassword(server.password());
        source.setConnectTimeout(5);
        return source;
    }

    @Test
    void none_loses_an_event_while_sessions_and_the_server_are_killed() throws Exception {
        for (int i = 0; i < FIRST_EVENTS; i += 10) {
            var _ = TestStores.append(stores.getFirst(), first());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                run(threads);
            } catch (ExecutionException | TimeoutException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            } finally {
                pace.abort();
            }
        }
    }

    private List<Event> first() {
        return IntStream.range(0, 10).mapToObj(_ -> Draws.event(random)).toList();
    }

    private void run(ExecutorService threads) throws Exception {
        List<Callable<Void>> tailers = tailers();
        assertThat(tailers).hasSize(100);
        List<Future<Void>> tailing = tailers.stream().map(threads::submit).toList();
        List<Future<List<Writer.Acknowledged>>> writing =
                writers().stream().map(threads::submit).toList();
        Future<Mayhem.Done> mayhem =
                threads.submit(new Mayhem(server, plain, pace, new Random(random.nextLong())));

        Mayhem.Done done = mayhem.get(WRITE.toMillis(), TimeUnit.MILLISECONDS);
        var acknowledged = new ArrayList<Writer.Acknowledged>();
        for (Future<List<Writer.Acknowledged>> writer : writing) {
            acknowledged.addAll(writer.get(WRITE.toMillis(), TimeUnit.MILLISECONDS));
        }
        List<RecordedEvent> log = log();
        pace.ended(log.getLast().position());
        awaitAll(tailing, tailers);

        assertThat(done.sessions()).isGreaterThan(10);
        assertThat(done.restarts()).isEqualTo(2);
        assertThat(lost(acknowledged, log)).isEmpty();
        assertThat(records.stream().flatMap(it -> it.violations(log).stream()).limit(20)).isEmpty();
    }

    private List<RecordedEvent> log() {
        PostgresEventStore store = stores.getFirst();
        List<RecordedEvent> log =
                store.read(Query.all().everything(), TestStores.LONG).toList(LOG_MAX);
        assertThat(log.stream().map(it -> it.position().value()))
                .isEqualTo(IntStream.rangeClosed(1, log.size()).mapToObj(Long::valueOf).toList());
        return log;
    }

    private static void awaitAll(List<Future<Void>> tailing, List<Callable<Void>> tailers)
            throws Exception {
        long end = System.nanoTime() + CATCH_UP.toNanos();
        for (int i = 0; i < tailing.size(); i++) {
            try {
                tailing.get(i).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("did not catch up: " + tailers.get(i), e);
            }
        }
    }

    private List<Writer> writers() {
        return IntStream.range(0, WRITERS)
                .mapToObj(i ->
                        new Writer(
                                stores.get(i % stores.size()),
                                i % 4 == 1 ? plain : pool,
                                pace,
                                new Random(random.nextLong()),
                                i % 2 == 1))
                .toList();
    }

    private List<Callable<Void>> tailers() {
        var tailers = new ArrayList<Callable<Void>>();
        for (int i = 0; i < POLLERS; i++) {
            tailers.add(
                    new Poller(
                            followed,
                            recorded("poller-" + i, Sharing.exclusive()),
                            pace,
                            new Random(random.nextLong())));
        }
        for (int i = 0; i < ALONE; i++) {
            tailers.add(follower(recorded("alone-" + i, Sharing.exclusive()), true));
        }
        for (int i = 0; i < GROUPS; i++) {
            Handled group =
                    recorded("group-" + i, Sharing.partitioned(Draws.KEY, GROUP_MEMBERS + i));
            for (int member = 0; member < GROUP_MEMBERS; member++) {
                tailers.add(follower(group, false));
            }
        }
        return tailers;
    }

    private Follower follower(Handled handled, boolean alone) {
        return new Follower(followed, handled, pace, new Random(random.nextLong()), alone);
    }

    /// From anywhere in the log, even ahead of it, with all events or those of a type.
    private Handled recorded(String name, Sharing sharing) {
        Query query =
                switch (random.nextInt(3)) {
                    case 0 -> Query.matching().types(Draws.TYPES.getFirst()).build();
                    default -> Query.all();
                };
        var handled =
                new Handled(
                        SubscriptionSpec.of(name, query)
                                .startAfter(Position.of(random.nextInt(2 * FIRST_EVENTS)))
                                .sharing(sharing)
                                .batchMax(BATCH_MIN + random.nextInt(BATCH_SPREAD)));
        records.add(handled);
        return handled;
    }

    /// What was acknowledged and does not stand where it was said to.
    private static List<String> lost(
            List<Writer.Acknowledged> acknowledged, List<RecordedEvent> log) {
        Map<Position, RecordedEvent> stored = new HashMap<>();
        log.forEach(it -> stored.put(it.position(), it));
        var lost = new ArrayList<String>();
        for (Writer.Acknowledged append : acknowledged) {
            Position at = append.where().first();
            for (Event event : append.events()) {
                RecordedEvent there = stored.get(at);
                if (there == null || !there.event().id().equals(event.id())) {
                    lost.add("%s at %s".formatted(event.id(), at));
                }
                at = at.next();
            }
        }
        return lost;
    }
}
