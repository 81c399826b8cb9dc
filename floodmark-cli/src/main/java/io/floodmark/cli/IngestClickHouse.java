package io.floodmark.cli;

import io.floodmark.ingest.Sink;
import io.floodmark.ingest.clickhouse.ClickHouseAddress;
import io.floodmark.ingest.clickhouse.ClickHouseFeed;
import io.floodmark.ingest.clickhouse.ClickHouseSink;
import io.floodmark.ingest.clickhouse.InsertSettings;
import io.floodmark.ingest.metrics.ClickHouseMetrics;
import io.floodmark.ingest.metrics.FeedMetrics;
import io.floodmark.local.LocalClickHouse;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// The ClickHouse of `floodmark ingest`: named, or an engine started beside it; and the way there
/// from Kafka. Closing ends what it started.
final class IngestClickHouse implements AutoCloseable {
    private final ClickHouseAddress address;
    private final Optional<LocalClickHouse> engine;
    private final MeterRegistry registry;
    private final Consumer<String> progress;
    private Optional<ClickHouseSink> sink = Optional.empty();
    private Optional<ClickHouseFeed> feed = Optional.empty();

    private IngestClickHouse(
            ClickHouseAddress address,
            Optional<LocalClickHouse> engine,
            MeterRegistry registry,
            Consumer<String> progress) {
        this.address = address;
        this.engine = engine;
        this.registry = registry;
        this.progress = progress;
    }

    /// The one that is named, or a new one.
    static IngestClickHouse open(
            ClickHouseOptions options, MeterRegistry registry, Consumer<String> progress) {
        Optional<ClickHouseAddress> named = options.place().address(System.getenv());
        if (named.isPresent()) {
            return new IngestClickHouse(named.get(), Optional.empty(), registry, progress);
        }
        LocalClickHouse engine = LocalClickHouse.startOfUser(LocalClickHouse.Options.defaults());
        ClickHouseAddress address =
                new ClickHouseAddress(
                        engine.url(), engine.user(), engine.password(), options.place().database());
        progress.accept(
                "started ClickHouse at %s, which stops with this; its data stays in %s"
                        .formatted(engine.url(), engine.dataDirectory()));
        progress.accept(
                "ask it: curl -K %s -d 'SELECT count() FROM %s.ingest_events_once'"
                        .formatted(engine.clientFile(), options.place().database()));
        return new IngestClickHouse(address, Optional.of(engine), registry, progress);
    }

    /// The sink without Kafka in between.
    Sink sink() {
        progress.accept("events go to ClickHouse, " + address);
        ClickHouseSink opened =
                ClickHouseSink.open(
                        address,
                        InsertSettings.defaults(),
                        new ClickHouseMetrics(registry),
                        TimeAndChance.system());
        sink = Optional.of(opened);
        return opened;
    }

    /// Begins to carry events on from Kafka.
    void feed(ClickHouseOptions options, String bootstrap, String topic) {
        progress.accept("and from Kafka on to ClickHouse, " + address);
        TimeAndChance source = TimeAndChance.system();
        feed =
                Optional.of(
                        ClickHouseFeed.start(
                                options.feed(bootstrap, topic),
                                address,
                                InsertSettings.defaults(),
                                new ClickHouseFeed.Meters(
                                        new ClickHouseMetrics(registry),
                                        new FeedMetrics(registry, source.clock())),
                                source));
    }

    /// Brings everything that is in Kafka into ClickHouse, if it is fed from there.
    void drain(Duration most) throws InterruptedException {
        if (feed.isPresent()) {
            boolean all = feed.get().drain(most);
            progress.accept(
                    all
                            ? "everything in Kafka is in ClickHouse"
                            : "what is in Kafka and not yet in ClickHouse follows at the next start");
        }
    }

    @Override
    public void close() {
        try {
            feed.ifPresent(ClickHouseFeed::close);
            sink.ifPresent(ClickHouseSink::close);
        } finally {
            engine.ifPresent(LocalClickHouse::close);
        }
    }
}
