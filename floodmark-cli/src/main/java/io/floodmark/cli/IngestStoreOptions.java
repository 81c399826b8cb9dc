package io.floodmark.cli;

import io.floodmark.ingest.clickhouse.ClickHouseAddress;
import io.floodmark.ingest.kafka.KafkaSettings;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.local.LocalClickHouse;
import io.floodmark.local.LocalKafka;
import io.floodmark.local.LocalServerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options that say into which sink to look, with the names that they have in `ingest`.
final class IngestStoreOptions {
    @Option(
            names = "--sink",
            paramLabel = "SINK",
            defaultValue = "postgres",
            converter = SinkKind.Converter.class,
            description =
                    "Where the service stores: postgres, kafka or clickhouse (default: ${DEFAULT-VALUE})")
    private SinkKind sink = SinkKind.POSTGRES;

    @Mixin private IngestTables tables = new IngestTables();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka's brokers, with commas between")
    private Optional<String> bootstrap = Optional.empty();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Topic of the events (default: attribution_events)")
    private Optional<String> topic = Optional.empty();

    @Mixin private ClickHousePlace clickHouse = new ClickHousePlace();

    @Option(
            names = "--local",
            description =
                    "Start the Kafka broker or the ClickHouse engine of ingest --local, after that has ended")
    private boolean local;

    SinkKind sink() {
        return sink;
    }

    /// Looks into PostgreSQL, whatever the sink.
    PostgresIngestStore postgres(Consumer<String> notices) {
        return new PostgresIngestStore(tables.open(notices));
    }

    /// Goes to the sink, or starts what holds it.
    ///
    /// @throws ConfigurationException when it is not said where it is, or said wrongly
    IngestStore open(Consumer<String> notices) {
        checkOptions();
        try {
            return switch (sink) {
                case POSTGRES -> postgres(notices);
                case KAFKA -> kafka(notices);
                case CLICKHOUSE -> clickHouse(notices);
            };
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }

    /// @throws ConfigurationException when options do not fit together
    void checkOptions() {
        List<String> mistakes = mistakes();
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
    }

    /// An option of another sink would be passed over, and the wrong sink looked at.
    private List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        if ((bootstrap.isPresent() || topic.isPresent()) && sink != SinkKind.KAFKA) {
            mistakes.add("--bootstrap and --topic need --sink kafka");
        }
        if (clickHouse.named() && sink != SinkKind.CLICKHOUSE) {
            mistakes.add("--clickhouse-url needs --sink clickhouse");
        }
        if (local && sink == SinkKind.POSTGRES) {
            mistakes.add(
                    "--local needs --sink kafka or clickhouse; the PostgreSQL of floodmark local is"
                            + " found without it");
        }
        if (sink == SinkKind.KAFKA && local == bootstrap.isPresent()) {
            mistakes.add(
                    "--sink kafka needs either --bootstrap host:port, or --local for the broker of"
                            + " ingest --local");
        }
        if (sink == SinkKind.CLICKHOUSE && local == clickHouse.named()) {
            mistakes.add(
                    "--sink clickhouse needs either --clickhouse-url http://host:8123, or --local for the"
                            + " engine of ingest --local");
        }
        return mistakes;
    }

    private IngestStore kafka(Consumer<String> notices) {
        // A name that is none is refused before a broker is started.
        KafkaSettings settings = settings(bootstrap.orElse("local"));
        if (bootstrap.isPresent()) {
            return new KafkaIngestStore(settings, () -> {});
        }
        LocalKafka broker = broker();
        notices.accept("started Kafka at " + broker.bootstrapServers());
        return new KafkaIngestStore(settings(broker.bootstrapServers()), broker::close);
    }

    private static LocalKafka broker() {
        try {
            return LocalKafka.startOfUser(LocalKafka.Options.defaults());
        } catch (LocalServerException e) {
            throw new ConfigurationException(
                    List.of(
                            "%s; while floodmark ingest runs, say --bootstrap and the address that it told"
                                    .formatted(e.getMessage())));
        }
    }

    private KafkaSettings settings(String brokers) {
        KafkaSettings usual = KafkaSettings.of(brokers);
        return new KafkaSettings(
                brokers, topic.orElse(usual.topic()), usual.partitions(), usual.producer());
    }

    private IngestStore clickHouse(Consumer<String> notices) {
        clickHouse.check();
        Optional<ClickHouseAddress> named = clickHouse.address(System.getenv());
        if (named.isPresent()) {
            return new ClickHouseIngestStore(named.get(), () -> {});
        }
        LocalClickHouse engine = engine();
        notices.accept("started ClickHouse at " + engine.url());
        return new ClickHouseIngestStore(
                new ClickHouseAddress(
                        engine.url(), engine.user(), engine.password(), clickHouse.database()),
                engine::close);
    }

    private static LocalClickHouse engine() {
        try {
            return LocalClickHouse.startOfUser(LocalClickHouse.Options.defaults());
        } catch (LocalServerException e) {
            throw new ConfigurationException(
                    List.of(
                            ("%s; while floodmark ingest runs, say --clickhouse-url, --clickhouse-user and"
                                            + " CLICKHOUSE_PASSWORD as in the file that it told")
                                    .formatted(e.getMessage())));
        }
    }
}
