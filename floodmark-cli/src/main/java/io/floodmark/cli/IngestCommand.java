package io.floodmark.cli;

import io.floodmark.ingest.Sink;
import io.floodmark.ingest.http.ApiKeys;
import io.floodmark.ingest.http.IngestServer;
import io.floodmark.ingest.http.ServerSettings;
import io.floodmark.ingest.journal.JournaledSink;
import io.floodmark.ingest.postgres.IngestSchema;
import io.floodmark.ingest.postgres.SinkSettings;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.time.SystemTime;
import io.floodmark.local.LocalCluster;
import io.floodmark.local.ServerState;
import io.floodmark.store.TimeAndChance;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `floodmark ingest`: takes events over HTTP into PostgreSQL, Kafka or ClickHouse.
@Command(
        name = "ingest",
        description = {
            "Takes events over HTTP and stores them in PostgreSQL, Kafka or ClickHouse; each answer says of each event"
                    + " what became of it. 200 means committed, or acknowledged by all in-sync replicas.",
            "PostgreSQL: without --url or DB_HOST it uses the server of floodmark local, and starts that if"
                    + " need be."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            IngestCommand.NewKey.class,
            IngestAuditCommand.class,
            IngestReplayCommand.class
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark ingest",
            "  curl -H 'Content-Type: application/json' http://127.0.0.1:8080/v1/events \\",
            "       -d '{\"event_type\":\"page_view\",\"user_id\":\"u-1\"}'",
            "  floodmark ingest key shop >> keys.txt",
            "  floodmark ingest --listen 0.0.0.0 --api-keys keys.txt --cors-origin https://shop.example",
            "  DB_PASSWORD=... floodmark ingest --url postgresql://app@db.example/events --writers 4",
            "  floodmark ingest --sink kafka --local",
            "  floodmark ingest --sink kafka --bootstrap kafka.example:9092 --journal /var/lib/floodmark/journal",
            "  floodmark ingest --sink kafka --local --clickhouse",
            "  CLICKHOUSE_PASSWORD=... floodmark ingest --sink clickhouse --clickhouse-url http://ch.example:8123",
            "  floodmark ingest --sink kafka --local --ack disk --journal ./journal --journal-limit 4096",
            "",
            "Ctrl-C or SIGTERM: takes no more, answers what it took, and ends.",
            "Exit codes: 0 all that was accepted is stored or in the journal, 1 setup or usage, 2 something accepted is not"
                    + " stored,",
            "            130 ended at once by a second Ctrl-C"
        })
public final class IngestCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int NOT_STORED = 2;

    /// Held, because loggers that nobody holds lose their settings.
    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");

    @Option(
            names = "--sink",
            paramLabel = "SINK",
            defaultValue = "postgres",
            converter = SinkKind.Converter.class,
            description =
                    "Where events go: postgres, kafka or clickhouse (default: ${DEFAULT-VALUE})")
    private SinkKind sink = SinkKind.POSTGRES;

    @Mixin private ServerOptions database = new ServerOptions();
    @Mixin private KafkaOptions kafka = new KafkaOptions();
    @Mixin private ClickHouseOptions clickHouse = new ClickHouseOptions();
    @Mixin private JournalOptions journal = new JournalOptions();
    @Mixin private IngestOptions options = new IngestOptions();
    @Mixin private BreakerOptions breaker = new BreakerOptions();

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "floodmark",
            description = "Schema of the tables (default: ${DEFAULT-VALUE})")
    private String schema = "floodmark";

    @Option(
            names = "--dedup-days",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "Days (UTC) within which an event_id that comes again is a duplicate, the current one included"
                            + " (default: ${DEFAULT-VALUE})")
    private int dedupDays = 2;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// Made by picocli.
    public IngestCommand() {}

    @Override
    public Integer call() throws Exception {
        SERVER_LOG.setLevel(Level.WARNING);
        ServerSettings settings;
        ApiKeys keys;
        IngestSchema tables;
        SinkSettings writing;
        try {
            SinkOptions.check(spec, sink, clickHouse.fed());
            settings = options.settings(sink, breaker.settings());
            keys = options.keys();
            tables = new IngestSchema(schema);
            writing = SinkSettings.defaults().withDedupDays(dedupDays);
            journal.check(options.journalUse());
            clickHouse.check(sink, kafka.local());
            if (sink == SinkKind.KAFKA) {
                kafka.check(settings.timeout());
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        BooleanSupplier stop = options.stop();
        try (IngestSinks sinks = new IngestSinks(this::progress, IngestRegistry.create())) {
            Sink stored =
                    switch (sink) {
                        case POSTGRES ->
                                sinks.postgres(
                                        database.named(this::progress).orElseGet(this::kept),
                                        tables,
                                        settings.pipeline().writers() + (journal.used() ? 1 : 0),
                                        writing);
                        case KAFKA -> sinks.kafka(kafka, journal.used());
                        case CLICKHOUSE -> sinks.clickHouse(clickHouse);
                    };
            sinks.journaled(stored, journal, options.journalUse());
            if (clickHouse.fed()) {
                sinks.feed(clickHouse);
            }
            return serve(sinks, stored, settings, keys, stop);
        }
    }

    private int serve(
            IngestSinks sinks,
            Sink stored,
            ServerSettings settings,
            ApiKeys keys,
            BooleanSupplier stop)
            throws InterruptedException {
        TimeAndChance source = TimeAndChance.system();
        PrometheusMeterRegistry registry = sinks.registry();
        sinks.journal().ifPresent(it -> it.bindTo(registry));
        Sink front = sinks.journal().<Sink>map(it -> it).orElse(stored);
        try (IngestServer server = IngestServer.start(front, settings, keys, registry, source)) {
            progress("taking events on http://%s:%d".formatted(settings.host(), server.port()));
            while (!stop.getAsBoolean()) {
                SystemTime.INSTANCE.parkUntil(SystemTime.INSTANCE.nanos() + LOOK.toNanos());
            }
            progress("stopping: what was taken is answered; again to quit at once");
            IngestServer.Leftovers left = server.drain(options.drain());
            sinks.journal().ifPresent(this::replay);
            sinks.drain(options.drain());
            if (left.none()) {
                progress("stopped; everything that was accepted is stored");
                return CommandLine.ExitCode.OK;
            }
            progress(
                    "floodmark: %d events have no outcome, %d that were acknowledged from memory are not stored"
                            .formatted(left.open(), left.lost()));
            return NOT_STORED;
        }
    }

    private void replay(JournaledSink journaled) {
        long left = journaled.awaitReplayed(options.drain());
        if (left > 0) {
            progress(
                    "%d events that were acknowledged from the disk stay in the journal; the next start replays them"
                            .formatted(left));
        }
    }

    private ConnectionTarget kept() {
        LocalCluster cluster = LocalCluster.ofUser();
        if (cluster.up(false)) {
            progress("started the PostgreSQL 18 of floodmark local, which stays when this ends");
        }
        return switch (cluster.status().primary()) {
            case ServerState.Running running -> ServerOptions.local(running.address());
            case ServerState.Stopped _, ServerState.Absent _ ->
                    throw new ConfigurationException(
                            List.of(
                                    "the server of floodmark local stopped at once; see: floodmark local status"));
        };
    }

    private void progress(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    /// `floodmark ingest key`.
    @Command(
            name = "key",
            description = {
                "Makes an API key: prints the key once to standard error, and its line for the key file",
                "to standard output. The file holds the key's SHA-256 only."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  floodmark ingest key shop >> keys.txt",
                "Quotas follow the hash: events a second, bytes a second, - for none."
            })
    static final class NewKey implements Callable<Integer> {
        private static final int WORDS = 4;

        @Parameters(paramLabel = "NAME", description = "Whose events these are")
        private String name = "";

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            ByteBuffer random = ByteBuffer.allocate(WORDS * Long.BYTES);
            for (int i = 0; i < WORDS; i++) {
                random.putLong(TimeAndChance.system().randomBits().getAsLong());
            }
            String key =
                    "fm_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random.array());
            try {
                spec.commandLine().getOut().println(ApiKeys.line(name, key));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
            spec.commandLine().getErr().println("the key, shown this once: " + key);
            spec.commandLine().getOut().flush();
            spec.commandLine().getErr().flush();
            return CommandLine.ExitCode.OK;
        }
    }
}
