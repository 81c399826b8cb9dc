package io.floodmark.bench.settings;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.bench.stores.Lending;
import io.floodmark.load.time.SystemTime;
import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalReplica;
import io.floodmark.local.ServerAddress;
import io.floodmark.local.ServerFaults;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.StoreException;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.schema.ReadSettings;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.HdrHistogram.ConcurrentHistogram;

/// Queries of about eight events, 200 a second, that a replica may answer, which stands still for
/// 200 ms in each 5 s (SIGSTOP): 4 % of the reads meet that. Each is timed from the moment at which
/// it was due.
final class HedgeArena implements Arena {
    private static final Lending LENDING = new Lending(10_000);
    private static final int FILL = 1_000;
    private static final int READ_MAX = 100;
    private static final long PERIOD_NANOS = 5_000_000;
    private static final Duration STALL_EVERY = Duration.ofSeconds(5);
    private static final Duration STALL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REPLICATED = Duration.ofSeconds(30);
    private static final int DIGITS = 3;

    private final LocalPostgres primary = LocalPostgres.start();
    private final LocalReplica replica = LocalReplica.start(primary, "reader");
    private final HikariDataSource primaryPool = pool(primary.address());
    private final HikariDataSource replicaPool = pool(replica.address());

    HedgeArena() {
        StoreSettings settings = StoreSettings.defaults();
        var _ = new StoreSchema(settings.names()).init(primaryPool, settings.storage());
        try (PostgresEventStore store = PostgresEventStore.open(primaryPool, List.of(), settings)) {
            for (long from = 0; from < LENDING.size(); from += FILL) {
                var batch = LongStream.range(from, from + FILL).mapToObj(LENDING::event).toList();
                store.append(batch, AppendCondition.none(), TIMEOUT);
            }
        }
        if (!replica.awaitCaughtUp(REPLICATED)) {
            throw new IllegalStateException("the replica does not catch up");
        }
    }

    private static HikariDataSource pool(ServerAddress address) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setMaximumPoolSize(12);
        return pool;
    }

    @Override
    public Trial measure(String value, Duration length) throws Exception {
        StoreSettings settings = StoreSettings.defaults().with(reads(value));
        ConcurrentHistogram responses = new ConcurrentHistogram(DIGITS);
        AtomicLong wrong = new AtomicLong();
        long start = SystemTime.INSTANCE.nanos();
        long end = start + length.toNanos();
        try (PostgresEventStore store =
                        PostgresEventStore.open(primaryPool, List.of(replicaPool), settings);
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Thread staller = Thread.ofPlatform().start(() -> stall(replica.faults(), start, end));
            long number = 0;
            for (long due = start; due < end; due += PERIOD_NANOS) {
                awaken(due);
                long from = due;
                long read = number++;
                readers.execute(() -> {
                    if (!isWhole(store, read)) {
                        wrong.incrementAndGet();
                    }
                    responses.recordValue(SystemTime.INSTANCE.nanos() - from);
                });
            }
            staller.join();
        }
        return new Trial(
                responses.getValueAtPercentile(99) / 1e6,
                wrong.get() == 0,
                Map.of(
                        "p50_ms",
                        responses.getValueAtPercentile(50) / 1e6,
                        "p95_ms",
                        responses.getValueAtPercentile(95) / 1e6,
                        "max_ms",
                        responses.getMaxValue() / 1e6));
    }

    private static ReadSettings reads(String value) {
        ReadSettings usual = ReadSettings.defaults();
        boolean off = value.equals("off");
        return new ReadSettings(
                usual.connectionsMax(),
                usual.pageEventsMax(),
                usual.replicaWait(),
                off ? usual.hedgeAfter() : Duration.ofMillis(Long.parseLong(value)),
                off ? 0 : usual.hedgeShare());
    }

    private static boolean isWhole(PostgresEventStore store, long number) {
        ReadRequest request =
                io.floodmark.store.Query.matching()
                        .tags(LENDING.anyBook(number))
                        .build()
                        .everything()
                        .eventual();
        try {
            return store.read(request, TIMEOUT).toList(READ_MAX).size() >= Lending.EVENTS_PER_TAG;
        } catch (StoreException e) {
            return false;
        }
    }

    private static void stall(ServerFaults replica, long start, long end) {
        long stall = start + STALL_EVERY.toNanos() / 2;
        while (stall + STALL.toNanos() < end) {
            awaken(stall);
            replica.freeze();
            try {
                awaken(stall + STALL.toNanos());
            } finally {
                replica.thaw();
            }
            stall += STALL_EVERY.toNanos();
        }
    }

    private static void awaken(long due) {
        while (SystemTime.INSTANCE.nanos() < due) {
            SystemTime.INSTANCE.parkUntil(due);
        }
    }

    @Override
    public void close() {
        replicaPool.close();
        primaryPool.close();
        replica.close();
        primary.close();
    }
}
