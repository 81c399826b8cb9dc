package io.floodmark.store.postgres.append;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/// A quick look at the engine's speed: conditional appends of one event of about 330 bytes with
/// three tags, in a closed loop, and beside it a prepared `INSERT` with its commit. Not a
/// benchmark: client and server share one machine, one run each.
///
/// Arguments: seconds per run, then the numbers of callers, `insert` for the floor, `records` to
/// switch condition records on for what follows.
final class AppendRate {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SAMPLES_MAX = 2_000_000;
    private static final int BOOKS = 125_000;

    private final DataSource connections;
    private final long seconds;
    private boolean records;

    private AppendRate(DataSource connections, long seconds) {
        this.connections = connections;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        try (LocalPostgres server =
                LocalPostgres.start(
                        LocalPostgres.Options.defaults()
                                .with("shared_buffers", "512MB")
                                .with("max_wal_size", "8GB"))) {
            var rate = new AppendRate(Servers.connections(server), Long.parseLong(args[0]));
            for (String arg : List.of(args).subList(1, args.length)) {
                switch (arg) {
                    case "insert" -> rate.insert();
                    case "records" -> rate.records = true;
                    default -> rate.append(Integer.parseInt(arg));
                }
            }
        }
    }

    private void append(int callers) throws Exception {
        StoreSettings settings =
                Servers.freshStore(
                        connections, StorageSettings.defaults().withConditionRecords(records));
        try (OpenStore store =
                OpenStore.open(connections, settings, EngineLimits.of(settings.append()))) {
            var head = new AtomicLong();
            var conflicts = new LongAdder();
            run(
                    "appends, records " + records,
                    callers,
                    () -> {
                        AppendResult result =
                                store.append(List.of(event()), condition(head.get()), TIMEOUT);
                        if (result instanceof AppendResult.Appended(var _, Position last)) {
                            head.accumulateAndGet(last.value(), Math::max);
                        } else {
                            conflicts.increment();
                        }
                    });
            System.out.println("  conflicts " + conflicts.sum());
        }
    }

    private static Event event() {
        int book = ThreadLocalRandom.current().nextInt(BOOKS);
        int reader = ThreadLocalRandom.current().nextInt(BOOKS);
        return Event.draft("BookCopyLentToReader")
                .payload(
                        Json.of(
                                """
                                {"BookID":"%d","ReaderID":"%d","title":"Some title of a book that is long enough to be real","isbn":"978-3-16-148410-0","extra":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}\
                                """
                                        .formatted(book, reader)))
                .metadata(
                        Json.of(
                                "{\"messageId\":\"0199a3b2-7a3c-7c3c-9c3c-000000000000\",\"causation\":\"c\"}"))
                .tags(
                        List.of(
                                Tag.of("BookID", Integer.toString(book)),
                                Tag.of("ReaderID", Integer.toString(reader)),
                                Tag.of("tenant", "7")))
                .build();
    }

    private static AppendCondition condition(long after) {
        int book = ThreadLocalRandom.current().nextInt(BOOKS);
        int reader = ThreadLocalRandom.current().nextInt(BOOKS);
        Query query =
                Query.of(
                        QueryItem.ofTags(Tag.of("BookID", Integer.toString(book))),
                        QueryItem.ofTags(Tag.of("ReaderID", Integer.toString(reader))));
        return AppendCondition.failIfMatch(query, Position.of(after));
    }

    private void insert() throws Exception {
        try (Connection connection = connections.getConnection();
                Statement ddl = connection.createStatement()) {
            ddl.execute("DROP TABLE IF EXISTS plain");
            ddl.execute("CREATE TABLE plain (id bigserial PRIMARY KEY, payload text NOT NULL)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO plain (payload) VALUES (?)")) {
                run(
                        "plain inserts",
                        1,
                        () -> {
                            insert.setString(1, event().payload().toString());
                            int _ = insert.executeUpdate();
                        });
            }
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private void run(String what, int callers, Work work) throws Exception {
        var done = new AtomicLong();
        long[] samples = new long[SAMPLES_MAX];
        long start = System.nanoTime();
        long measureFrom = start + Duration.ofSeconds(Math.max(2, seconds / 2)).toNanos();
        long end = measureFrom + Duration.ofSeconds(seconds).toNanos();
        Thread[] threads = new Thread[callers];
        for (int i = 0; i < callers; i++) {
            threads[i] =
                    Thread.ofVirtual().start(() -> loop(work, measureFrom, end, done, samples));
        }
        while (System.nanoTime() < measureFrom) {
            LockSupport.parkNanos(measureFrom - System.nanoTime());
        }
        long wal = wal();
        for (Thread thread : threads) {
            thread.join();
        }
        int count = (int) Math.min(done.get(), SAMPLES_MAX);
        long[] sorted = Arrays.copyOf(samples, count);
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%s, %d callers: %.0f/s, p50 %.3f ms, p99 %.3f ms, %d WAL bytes each%n",
                what,
                callers,
                done.get() / (double) seconds,
                sorted[count / 2] / 1e6,
                sorted[(int) (count * 0.99)] / 1e6,
                (wal() - wal) / Math.max(1, done.get()));
    }

    private static void loop(
            Work work, long measureFrom, long end, AtomicLong done, long[] samples) {
        try {
            for (long at = System.nanoTime(); at < end; ) {
                work.run();
                long now = System.nanoTime();
                if (at >= measureFrom) {
                    samples[(int) (done.getAndIncrement() % SAMPLES_MAX)] = now - at;
                }
                at = now;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long wal() throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")) {
            row.next();
            return row.getLong(1);
        }
    }
}
