package io.floodmark.cli;

import io.floodmark.cli.postgres.IngestDatabase;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.journal.JournalUse;
import io.floodmark.ingest.journal.JournaledSink;
import io.floodmark.ingest.kafka.KafkaSettings;
import io.floodmark.ingest.kafka.KafkaSink;
import io.floodmark.ingest.postgres.IngestSchema;
import io.floodmark.ingest.postgres.SinkSettings;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.local.LocalKafka;
import io.floodmark.store.TimeAndChance;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/// The sink that the options name, and all that it stands on, from the journal down to a broker;
/// closed in the opposite order.
final class IngestSinks implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final Clock clock = TimeAndChance.system().clock();
    private final Consumer<String> progress;
    private final PrometheusMeterRegistry registry;
    private Optional<IngestClickHouse> clickHouse = Optional.empty();
    private Optional<KafkaSettings> brokers = Optional.empty();
    private Optional<JournaledSink> journaled = Optional.empty();

    IngestSinks(Consumer<String> progress, PrometheusMeterRegistry registry) {
        this.progress = progress;
        this.registry = registry;
    }

    /// PostgreSQL.
    Sink postgres(
            ConnectionTarget target, IngestSchema tables, int writers, SinkSettings settings) {
        IngestDatabase pool = IngestDatabase.of(target, tables, writers).measuredBy(registry);
        endings.push(pool::close);
        progress.accept("events go to %s, schema %s".formatted(target.describe(), tables.name()));
        return pool.sink(settings, TimeAndChance.system());
    }

    /// Kafka, which may be away at the start when there is a journal.
    Sink kafka(KafkaOptions options, boolean mayBeAway) {
        KafkaSettings settings = options.local() ? options.settings(broker()) : options.settings();
        brokers = Optional.of(settings);
        KafkaSink sink =
                mayBeAway
                        ? KafkaSink.openLater(settings, clock)
                        : KafkaSink.open(settings, ANSWER, clock);
        endings.push(sink::close);
        progress.accept(
                "events go to Kafka at %s, topic %s"
                        .formatted(settings.bootstrap(), settings.topic()));
        return sink;
    }

    private String broker() {
        LocalKafka broker =
                LocalKafka.startOfUser(LocalKafka.Options.defaults().with(LocalKafka.Tuning.LOAD));
        endings.push(broker::close);
        progress.accept(
                "started Kafka at %s, which stops with this; its data stays in %s"
                        .formatted(broker.bootstrapServers(), broker.dataDirectory()));
        return broker.bootstrapServers();
    }

    /// ClickHouse, without Kafka in between.
    Sink clickHouse(ClickHouseOptions options) {
        return target(options).sink();
    }

    /// Carries what goes into Kafka on into ClickHouse.
    void feed(ClickHouseOptions options) {
        KafkaSettings from = brokers.orElseThrow();
        target(options).feed(options, from.bootstrap(), from.topic());
    }

    private IngestClickHouse target(ClickHouseOptions options) {
        IngestClickHouse target = IngestClickHouse.open(options, registry, progress);
        endings.push(target::close);
        clickHouse = Optional.of(target);
        return target;
    }

    /// Takes the meters of all.
    PrometheusMeterRegistry registry() {
        return registry;
    }

    /// Brings on what is between the parts.
    void drain(Duration most) throws InterruptedException {
        if (clickHouse.isPresent()) {
            clickHouse.get().drain(most);
        }
    }

    /// The journal in front of the sink, where one is asked for.
    void journaled(Sink sink, JournalOptions options, JournalUse use) {
        journaled = options.before(sink, use);
        journaled.ifPresent(it -> endings.push(it::close));
    }

    Optional<JournaledSink> journal() {
        return journaled;
    }

    @Override
    public void close() {
        while (!endings.isEmpty()) {
            endings.pop().run();
        }
    }
}
