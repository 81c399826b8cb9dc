package io.floodmark.bench.query;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.stores.ClosedLoop;
import io.floodmark.bench.stores.Database;
import io.floodmark.bench.stores.ServerOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/query`.
@Command(
        name = "query",
        description = {
            "Queries by one tag and by two, about 8 matches each, by one caller: the event store and",
            "the single-statement append's table with its own indexes, in turns, on a private",
            "PostgreSQL 18 that it starts; then the newest events of a tag that all events carry."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/query",
            "  bench/query --quick --json",
            "  bench/query --sizes 100000,1000000,10000000 --hot 1000000",
            "",
            "Exit codes: 0 targets met, 1 setup or usage, 3 a target missed, 4 invalid"
        })
public final class QueryBench implements Callable<Integer> {

    private static final double SECONDS = 4;
    private static final double SECONDS_QUICK = 1;
    private static final long SIZE_MIN = HotTag.NEWEST;
    private static final long SIZE_MAX = 100_000_000;
    private static final List<Long> SIZES = List.of(100_000L, 1_000_000L);
    private static final List<Long> SIZES_QUICK = List.of(100_000L);
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    @Mixin private CommonOptions common = new CommonOptions();

    @Mixin private ServerOption server = new ServerOption();

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            description = "Events in the stores (default: 100000,1000000; quick: 100000).")
    private List<Long> sizes = List.of();

    @Option(
            names = "--hot",
            paramLabel = "N",
            description = "Events that carry the hot tag (default: the largest of --sizes).")
    private @Nullable Long hot;

    /// Made by [#main], and by tests.
    public QueryBench() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new QueryBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(this::measure);
    }

    private List<Result> measure() throws Exception {
        var chosen = new TreeSet<>(sizes.isEmpty() ? common.either(SIZES, SIZES_QUICK) : sizes);
        chosen.forEach(size -> within("--sizes", size));
        long hotSize = hot == null ? chosen.last() : hot;
        within("--hot", hotSize);
        return server.use(database -> measure(database, chosen, hotSize));
    }

    private List<Result> measure(Database database, SortedSet<Long> chosen, long hotSize)
            throws Exception {
        var loop = new ClosedLoop(1, common.length(SECONDS, SECONDS_QUICK));
        int rounds = common.rounds();
        try (var arenas = new QueryArenas()) {
            for (long size : chosen) {
                common.tell("filling both stores with %,d events".formatted(size));
                arenas.add(database, size);
            }
            common.tell("filling a store with %,d events of one tag".formatted(hotSize));
            try (HotTag hotTag = HotTag.of(database, hotSize)) {
                database.execute("CHECKPOINT");
                return new QueryResults(queries(arenas, rounds, loop), hotTag(hotTag, rounds, loop))
                        .all();
            }
        }
    }

    private void within(String option, long value) {
        if (value < SIZE_MIN || value > SIZE_MAX) {
            throw common.mistake(
                    "%s is %d, allowed: %,d to %,d".formatted(option, value, SIZE_MIN, SIZE_MAX));
        }
    }

    private List<QueryRound> queries(QueryArenas arenas, int count, ClosedLoop loop)
            throws Exception {
        arenas.round(0, new ClosedLoop(1, WARM_UP));
        common.tell(QueryRound.HEADING);
        List<QueryRound> rounds = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            List<QueryRound> round = arenas.round(number, loop);
            round.forEach(each -> common.tell(each.line()));
            rounds.addAll(round);
        }
        return rounds;
    }

    private List<HotRound> hotTag(HotTag hotTag, int count, ClosedLoop loop) throws Exception {
        hotTag.round(0, new ClosedLoop(1, WARM_UP));
        common.tell(HotRound.HEADING);
        List<HotRound> rounds = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            HotRound round = hotTag.round(number, loop);
            common.tell(round.line());
            rounds.add(round);
        }
        return rounds;
    }
}
