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
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `bench/ingest-postgres`.
@Command(
        name = "ingest-postgres",
        description = {
            "How many events a second the PostgreSQL sink stores through its pipeline, each told from its",
            "duplicates, against raw binary COPY of as many new rows into the same table, in turns; and",
            "against raw COPY into a table without the index that tells duplicates."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/ingest-postgres",
            "  bench/ingest-postgres --quick --json",
            "  bench/ingest-postgres --writers 4 --batch-rows 2000",
            "  bench/ingest-postgres --ids random --yesterday 5000000",
            "",
            "Exit codes: 0 target met, 1 setup or usage, 3 the target missed, 4 invalid"
        })
public final class IngestPostgres implements Callable<Integer> {
    private static final double SECONDS = 8;
    private static final double SECONDS_QUICK = 4;
    private static final double NANOS = 1e9;
    private static final Target TARGET = Target.ratioAtLeast(0.8);
    private static final int WRITERS_MAX = 16;
    private static final int ROWS_MAX = 100_000;
    private static final long YESTERDAY_MAX = 100_000_000;

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

    @Option(
            names = "--ids",
            paramLabel = "KIND",
            defaultValue = "time-ordered",
            converter = IdsConverter.class,
            description =
                    "time-ordered (UUID version 7) or random (version 4) (default: ${DEFAULT-VALUE}).")
    private EventIds ids = EventIds.TIME_ORDERED;

    @Option(
            names = "--yesterday",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Events of the day before, which the sink looks through (default: ${DEFAULT-VALUE}).")
    private long yesterday;

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
        if (yesterday < 0 || yesterday > YESTERDAY_MAX) {
            throw common.mistake("--yesterday must be 0 to 100000000");
        }
        Duration length = common.length(SECONDS, SECONDS_QUICK);
        PostgresTables tables = new PostgresTables(database);
        try (HikariDataSource pool = pool(database)) {
            PostgresSink sink =
                    PostgresSink.open(
                            pool,
                            new IngestSchema(PostgresTables.SCHEMA),
                            SinkSettings.defaults(),
                            TimeAndChance.system());
            tables.makePlain();
            if (yesterday > 0) {
                common.tell("storing the events of yesterday");
                tables.fillYesterday(yesterday, ids, numbers);
            }
            return rounds(new Sides(database, tables, sink, length));
        } finally {
            tables.drop();
        }
    }

    /// What the sides of the comparison work on.
    private record Sides(
            Database database, PostgresTables tables, PostgresSink sink, Duration length) {}

    private List<Result> rounds(Sides sides) throws Exception {
        common.tell("warming up");
        Stored warm = ours(sides);
        theirs(sides, sides.tables.events());
        theirs(sides, sides.tables.plain());
        List<Double> ours = new ArrayList<>();
        List<Double> same = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        boolean valid = warm.other == 0;
        for (int number = 0; number < common.rounds(); number++) {
            // The one order and the other, so that neither side always follows the same one.
            if (number % 2 == 1) {
                plain.add(theirs(sides, sides.tables.plain()));
                same.add(theirs(sides, sides.tables.events()));
            }
            Stored round = ours(sides);
            ours.add(round.perSecond);
            if (number % 2 == 0) {
                same.add(theirs(sides, sides.tables.events()));
                plain.add(theirs(sides, sides.tables.plain()));
            }
            valid &= round.other == 0;
            common.tell(
                    "%,.0f events/s stored, %,.0f rows/s copied into the same table, %,.0f into one that tells no duplicates"
                            .formatted(ours.getLast(), same.getLast(), plain.getLast()));
        }
        common.tell(
                "of COPY into a table that tells no duplicates: %.2f"
                        .formatted(new Rounds(ours).over(new Rounds(plain)).median()));
        return List.of(result(new Rounds(ours), new Rounds(same), new Rounds(plain), valid));
    }

    private Result result(Rounds ours, Rounds same, Rounds plain, boolean valid) {
        return new Result(
                "ingest-postgres.same-table-" + batchRows,
                "events/s",
                ours,
                Optional.of(ours.over(same)),
                TARGET,
                valid,
                new TreeMap<>(
                        Map.of(
                                "copy_rows_per_s",
                                same.median(),
                                "plain_copy_rows_per_s",
                                plain.median(),
                                "ratio_to_plain_copy",
                                ours.over(plain).median(),
                                "writers",
                                (double) writers)));
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

    private Stored ours(Sides sides) throws Exception {
        sides.tables.empty();
        BatchRule usual = BatchRule.forPostgres();
        BatchRule rule = new BatchRule(batchRows, usual.bytesMax(), usual.ageMax(), usual.eager());
        Pipeline pipeline =
                Pipeline.start(
                        sides.sink,
                        new PipelineSettings(writers, rule, BreakerSettings.defaults()),
                        new IngestMetrics(new SimpleMeterRegistry()),
                        SystemTime.INSTANCE::nanos);
        long start = SystemTime.INSTANCE.nanos();
        long stored = 0;
        long other = 0;
        for (ThroughPipeline.Sent sent :
                together(sides.length, goOn -> new ThroughPipeline(pipeline, ids, numbers, goOn))) {
            stored += sent.stored();
            other += sent.other();
        }
        double seconds = (SystemTime.INSTANCE.nanos() - start) / NANOS;
        pipeline.drain(Duration.ofSeconds(10));
        return new Stored(stored / seconds, other);
    }

    private double theirs(Sides sides, String table) throws Exception {
        sides.tables.empty();
        RawCopy.Rows rows = RawCopy.rows(batchRows, SystemTime.INSTANCE.now());
        RawCopy.Numbers from = new RawCopy.Numbers(ids, numbers);
        long start = SystemTime.INSTANCE.nanos();
        long copied = 0;
        for (long one :
                together(
                        sides.length,
                        goOn -> new RawCopy(sides.database, table, rows, from, goOn))) {
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

    /// `time-ordered` or `random`.
    static final class IdsConverter implements ITypeConverter<EventIds> {
        @Override
        public EventIds convert(String value) {
            return switch (value) {
                case "time-ordered" -> EventIds.TIME_ORDERED;
                case "random" -> EventIds.RANDOM;
                default ->
                        throw new TypeConversionException(
                                "must be time-ordered or random, was " + value);
            };
        }
    }
}
