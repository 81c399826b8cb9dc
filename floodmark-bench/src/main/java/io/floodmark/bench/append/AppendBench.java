package io.floodmark.bench.append;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import io.floodmark.bench.stores.ClosedLoop;
import io.floodmark.bench.stores.Database;
import io.floodmark.bench.stores.Lending;
import io.floodmark.bench.stores.ServerOption;
import io.floodmark.store.tck.history.HistoryReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/append`.
@Command(
        name = "append",
        description = {
            "Conditional appends by the event store and by the single-statement append with its own",
            "table and indexes, in turns, on a private PostgreSQL 18 that it starts; then a contest",
            "for few boundaries, whose double winners are counted."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/append",
            "  bench/append --quick --json",
            "  bench/append --sizes 100000,1000000,10000000 --callers 64",
            "  bench/append --sizes 100000 --callers 64 --runs 1 --contested 10000000",
            "",
            "Exit codes: 0 targets met, 1 setup or usage, 3 a target missed, 4 invalid"
        })
public final class AppendBench implements Callable<Integer> {

    private static final double SECONDS = 5;
    private static final double SECONDS_QUICK = 2;
    private static final long SIZE_MAX = 100_000_000;
    private static final int CALLERS_MAX = 1_024;
    private static final long CONTESTED_MAX = 100_000_000;
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    @Mixin private CommonOptions common = new CommonOptions();

    @Mixin private ServerOption server = new ServerOption();

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            defaultValue = "100000,1000000",
            description = "Events in the stores before (default: ${DEFAULT-VALUE}).")
    private List<Long> sizes = List.of();

    @Option(
            names = "--callers",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,16,64,256",
            description = "Concurrent callers (default: ${DEFAULT-VALUE}).")
    private List<Integer> callers = List.of();

    @Option(
            names = "--contested",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Attempts of each side in the contest (default: ${DEFAULT-VALUE}).")
    private long contested;

    /// Made by [#main], and by tests.
    public AppendBench() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new AppendBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(this::measure);
    }

    private List<Result> measure() throws Exception {
        sizes.forEach(size -> within("--sizes", size, SIZE_MAX));
        callers.forEach(count -> within("--callers", count, CALLERS_MAX));
        within("--contested", contested, CONTESTED_MAX);
        return server.use(this::measure);
    }

    private void within(String option, long value, long most) {
        if (value < 1 || value > most) {
            throw common.mistake("%s is %d, allowed: 1 to %,d".formatted(option, value, most));
        }
    }

    private List<Result> measure(Database database) throws Exception {
        Duration length = common.length(SECONDS, SECONDS_QUICK);
        List<AppendRound> rounds = new ArrayList<>();
        List<Result> others = new ArrayList<>();
        for (int at = 0; at < sizes.size(); at++) {
            common.tell("filling both stores with %,d events".formatted(sizes.get(at)));
            int most = callers.stream().mapToInt(Integer::intValue).max().orElse(1);
            try (AppendArena arena = AppendArena.of(database, sizes.get(at), most)) {
                rounds.addAll(rounds(arena, sizes.get(at), length));
                if (at == 0) {
                    others.add(overhead(database, arena, length));
                    others.addAll(contest(arena));
                }
            }
        }
        List<Result> results = new ArrayList<>(new AppendResults(rounds).all());
        results.addAll(others);
        return results;
    }

    private List<AppendRound> rounds(AppendArena arena, long size, Duration length)
            throws Exception {
        arena.round(
                0,
                new Cell(size, AppendResults.JUDGED_CALLERS),
                new ClosedLoop(AppendResults.JUDGED_CALLERS, WARM_UP));
        common.tell(AppendRound.HEADING);
        List<AppendRound> rounds = new ArrayList<>();
        for (int count : callers) {
            for (int number = 0; number < common.rounds(); number++) {
                AppendRound round =
                        arena.round(number, new Cell(size, count), new ClosedLoop(count, length));
                common.tell(round.line());
                rounds.add(round);
            }
        }
        return rounds;
    }

    /// One caller's append against one prepared insert.
    private Result overhead(Database database, AppendArena arena, Duration length)
            throws Exception {
        var loop = new ClosedLoop(1, length);
        var floor = new SingleInsert(database, new Lending(1));
        var numbers = new AtomicLong();
        floor.measure(new ClosedLoop(1, WARM_UP), numbers);
        List<Double> ours = new ArrayList<>();
        List<Double> inserts = new ArrayList<>();
        for (int number = 0; number < common.rounds(); number++) {
            inserts.add(floor.measure(loop, numbers).millisAt(50));
            ours.add(arena.ours(loop).millisAt(50));
        }
        return new Result(
                "append.overhead.1",
                "ms, p50",
                new Rounds(ours),
                Optional.of(new Rounds(ours).over(new Rounds(inserts))),
                Target.ratioAtMost(1.5),
                true,
                new TreeMap<>(Map.of("insert", new Rounds(inserts).median())));
    }

    private List<Result> contest(AppendArena arena) throws Exception {
        common.tell("contest: %,d attempts of each side by 16 writers".formatted(contested));
        HistoryReport theirs = new Contest(contested).judge(arena.contenders().getLast());
        common.tell("single statement: " + theirs);
        HistoryReport ours = new Contest(contested).judge(arena.contenders().getFirst());
        common.tell("group commit: " + ours);
        return List.of(
                new Result(
                        "append.double-winners",
                        "double winners",
                        new Rounds(List.of(Contest.doubleWinners(ours))),
                        Optional.empty(),
                        Target.valueAtMost(0),
                        ours.isClean(),
                        new TreeMap<>(
                                Map.of(
                                        "attempts",
                                        (double) ours.totals().attempts(),
                                        "accepted",
                                        (double) ours.totals().accepted(),
                                        "single_statement_double_winners",
                                        Contest.doubleWinners(theirs),
                                        "single_statement_accepted",
                                        (double) theirs.totals().accepted()))));
    }
}
