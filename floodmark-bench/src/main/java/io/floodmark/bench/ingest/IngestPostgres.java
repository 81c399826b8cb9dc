package io.floodmark.bench.ingest;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import io.floodmark.bench.stores.Database;
import io.floodmark.bench.stores.ServerOption;
import io.floodmark.ingest.flow.BatchRule;
import io.floodmark.ingest.flow.BreakerSettings;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.flow.PipelineSettings;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.floodmark.ingest.postgres.IngestSchema;
import io.floodmark.ingest.postgres.PostgresSink;
import io.floodmark.ingest.postgres.SinkSettings;
import io.floodmark.load.time.SystemTime;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/ingest-postgres`.
@Command(
        name = "ingest-postgres",
        description = {
            "How many events a second the PostgreSQL sink stores through its pipeline, each told from its",
            "duplicates, against raw binary COPY of the same rows into the same table, in turns; and",
            "against raw COPY of the rows and of their ids, which is what any sink must do that tells",
            "duplicates by a unique index beside the table."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/ingest-postgres",
            "  bench/ingest-postgres --quick --json",
            "  bench/ingest-postgres --writers 4 --batch-rows 2000",
            "",
            "Exit codes: 0 target met, 1 setup or usage, 3 the target missed, 4 invalid"
        })
public final class IngestPostgres implements Callable<Integer> {
    private static final double SECONDS = 8;
    private static final double SECONDS_QUICK = 4;
    private static final double NANOS = 1e9;
    private static final String SCHEMA = "ingest_bench";
    private static final Target TARGET = Target.ratioAtLeast(0.8);
    private static final int WRITERS_MAX = 16;
    private static final int ROWS_MAX = 100_000;

    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private ServerOption server = new ServerOption();

    @Option(
            names = "--writers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Connections of either side (default: ${DEFAULT-VALUE}).")
    private int writers = 2;

    @Option(
            names = "--batch-rows",
            paramLabel = "N",
            defaultValue = "8000",
            description = "Most rows in a transaction of either side (default: ${DEFAULT-VALUE}).")
    private int batchRows = 8_000;

    private final AtomicLong numbers = new AtomicLong();

    /// Made by [#main], and by tests.
    public IngestPostgres() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new IngestPostgres()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(() -> server.use(this::measure));
    }

    private List<Result> measure(Database database) throws Exception {
        if (writers < 1 || writers > WRITERS_MAX || batchRows < 1 || batchRows > ROWS_MAX) {
            throw common.mistake("--writers must be 1 to 16, --batch-rows 1 to 100000");
        }
        Duration length = common.length(SECONDS, SECONDS_QUICK);
        try (HikariDataSource pool = pool(database)) {
            PostgresSink sink =
                    PostgresSink.open(
                            pool,
                            new IngestSchema(SCHEMA),
                            SinkSettings.defaults(),
                            TimeAndChance.system());
            return rounds(database, sink, length);
        } finally {
            database.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        }
    }

    private List<Result> rounds(Database database, PostgresSink sink, Duration length)
            throws Exception {
        common.tell("warming up");
        RawCopy.Rows rows = RawCopy.rows(batchRows, SystemTime.INSTANCE.now());
        Stored warm = ours(database, sink, length);
        theirs(database, length, goOn -> new RawCopy(database, SCHEMA, rows, goOn));
        List<Double> ours = new ArrayList<>();
        List<Double> copied = new ArrayList<>();
        List<Double> withIds = new ArrayList<>();
        boolean valid = warm.other == 0;
        for (int number = 0; number < common.rounds(); number++) {
            Stored round = ours(database, sink, length);
            ours.add(round.perSecond);
            copied.add(theirs(database, length, goOn -> new RawCopy(database, SCHEMA, rows, goOn)));
            withIds.add(
                    theirs(
                            database,
                            length,
                            goOn -> new RawCopyWithIds(database, SCHEMA, rows, numbers, goOn)));
            valid &= round.other == 0;
            common.tell(
                    "%,.0f events/s stored, %,.0f rows/s copied, %,.0f with their ids"
                            .formatted(ours.getLast(), copied.getLast(), withIds.getLast()));
        }
        Rounds values = new Rounds(ours);
        return List.of(
                result("batch-" + batchRows, values, new Rounds(copied), valid),
                result("with-ids-" + batchRows, values, new Rounds(withIds), valid));
    }

    private Result result(String name, Rounds values, Rounds copied, boolean valid) {
        return new Result(
                "ingest-postgres." + name,
                "events/s",
                values,
                Optional.of(values.over(copied)),
                TARGET,
                valid,
                new TreeMap<>(
                        Map.of("copy_rows_per_s", copied.median(), "writers", (double) writers)));
    }

    private HikariDataSource pool(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(writers + 3);
        return new HikariDataSource(config);
    }

    /// What one of our rounds came to.
    ///
    /// @param other events that were not stored
    private record Stored(double perSecond, long other) {}

    private static void empty(Database database) throws Exception {
        database.execute("TRUNCATE %s.ingest_events, %s.ingest_ids".formatted(SCHEMA, SCHEMA));
        database.execute("CHECKPOINT");
    }

    private Stored ours(Database database, PostgresSink sink, Duration length) throws Exception {
        empty(database);
        BatchRule usual = BatchRule.forPostgres();
        BatchRule rule = new BatchRule(batchRows, usual.bytesMax(), usual.ageMax(), usual.eager());
        Pipeline pipeline =
                Pipeline.start(
                        sink,
                        new PipelineSettings(writers, rule, BreakerSettings.defaults()),
                        new IngestMetrics(new SimpleMeterRegistry()),
                        SystemTime.INSTANCE::nanos);
        long start = SystemTime.INSTANCE.nanos();
        long stored = 0;
        long other = 0;
        for (ThroughPipeline.Sent sent :
                together(length, goOn -> new ThroughPipeline(pipeline, numbers, goOn))) {
            stored += sent.stored();
            other += sent.other();
        }
        double seconds = (SystemTime.INSTANCE.nanos() - start) / NANOS;
        pipeline.drain(Duration.ofSeconds(10));
        return new Stored(stored / seconds, other);
    }

    private double theirs(Database database, Duration length, Side<Long> side) throws Exception {
        empty(database);
        long start = SystemTime.INSTANCE.nanos();
        long copied = 0;
        for (long one : together(length, side)) {
            copied += one;
        }
        return copied / ((SystemTime.INSTANCE.nanos() - start) / NANOS);
    }

    /// Makes one side, which goes on until it is told to end.
    private interface Side<T> {
        Callable<T> until(BooleanSupplier goOn);
    }

    /// As many as there are writers, at the same time.
    private <T> List<T> together(Duration length, Side<T> side) throws Exception {
        long end = SystemTime.INSTANCE.nanos() + length.toNanos();
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(threads.submit(side.until(() -> SystemTime.INSTANCE.nanos() < end)));
            }
            for (Future<T> one : all) {
                results.add(one.get(length.toSeconds() + 120, TimeUnit.SECONDS));
            }
        }
        return results;
    }
}
