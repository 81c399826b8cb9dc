package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.metrics.ClickHouseMetrics;
import io.floodmark.ingest.metrics.FeedMetrics;
import io.floodmark.store.TimeAndChance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries events from a topic of Kafka into ClickHouse, each once, until it is closed.
///
/// Several processes with one group share the partitions. Where Kafka or ClickHouse is away it
/// waits and tries again; it never leaves a record out. *Threads:* for all; it has one of its own.
public final class ClickHouseFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseFeed.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(20);
    private static final int POLL_RECORDS_MAX = 20_000;
    private static final int FETCH_BYTES_MAX = 16 << 20;
    private static final int PARTITION_BYTES_MAX = 4 << 20;

    private final FeedSettings settings;
    private final ClickHouseHttp http;
    private final Inserter inserter;
    private final FeedMetrics metrics;
    private final TimeAndChance source;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean draining;
    private volatile boolean stopped;
    private volatile boolean caughtUp;

    private ClickHouseFeed(
            FeedSettings settings,
            ClickHouseHttp http,
            Inserter inserter,
            FeedMetrics metrics,
            TimeAndChance source) {
        this.settings = settings;
        this.http = http;
        this.inserter = inserter;
        this.metrics = metrics;
        this.source = source;
        this.thread = Thread.ofPlatform().name("clickhouse-feed").daemon().unstarted(this::run);
    }

    /// What a feed is measured by.
    ///
    /// @param inserts of its inserts
    /// @param feed of its place in the topic
    public record Meters(ClickHouseMetrics inserts, FeedMetrics feed) {}

    /// Makes the tables where they are missing, and starts.
    ///
    /// @throws ClickHouseNotReady when the tables cannot be made
    public static ClickHouseFeed start(
            FeedSettings settings,
            ClickHouseAddress address,
            InsertSettings inserts,
            Meters meters,
            TimeAndChance source) {
        ClickHouseHttp http = ClickHouseSink.withTables(address, inserts);
        var inserter = new Inserter(http, inserts, meters.inserts(), source);
        var feed = new ClickHouseFeed(settings, http, inserter, meters.feed(), source);
        feed.thread.start();
        return feed;
    }

    private void run() {
        try {
            while (!stopped) {
                try {
                    read();
                } catch (KafkaException e) {
                    LOG.warn("reading from Kafka broke off, and begins again", e);
                    metrics.brokeOff();
                    LockSupport.parkNanos(this, AGAIN.toNanos());
                }
            }
        } finally {
            http.close();
            ended.countDown();
        }
    }

    private void read() {
        try (var consumer =
                new KafkaConsumer<>(
                        config(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var loop = new FeedLoop(consumer, settings, inserter, metrics, source.nanos());
            loop.subscribe();
            while (!stopped) {
                loop.turn(draining);
                if (draining && loop.caughtUp()) {
                    caughtUp = true;
                    stopped = true;
                }
            }
            // The end of the work may have interrupted it; the consumer still says good-bye.
            Thread.interrupted();
        }
    }

    private Map<String, Object> config() {
        return Map.ofEntries(
                Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap()),
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, settings.group()),
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "floodmark-clickhouse"),
                Map.entry(
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        Math.toIntExact(settings.session().toMillis())),
                Map.entry(
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                        Math.toIntExact(settings.session().toMillis() / 4)),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX),
                Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX),
                Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES_MAX),
                Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000),
                Map.entry(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        CooperativeStickyAssignor.class.getName()));
    }

    /// Stores everything that the topic holds now, without waiting for more, and ends.
    ///
    /// @param most how long that may take; then it ends where it is, and the next start goes on
    /// @return whether everything is stored
    public boolean drain(Duration most) throws InterruptedException {
        draining = true;
        if (!ended.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
            close();
        }
        return caughtUp;
    }

    /// Whether it reads, or tries to.
    public boolean isRunning() {
        return ended.getCount() > 0;
    }

    /// Ends it where it is; the next start goes on from there.
    @Override
    public void close() {
        stopped = true;
        try {
            if (!ended.await(CLOSE.toNanos(), TimeUnit.NANOSECONDS)) {
                thread.interrupt();
                if (!ended.await(CLOSE.toNanos(), TimeUnit.NANOSECONDS)) {
                    LOG.error("the feed did not end within {}", CLOSE.multipliedBy(2));
                }
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
