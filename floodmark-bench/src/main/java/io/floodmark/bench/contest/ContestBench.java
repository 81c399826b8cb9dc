package io.floodmark.bench.contest;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalServerException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/contest`.
@Command(
        name = "contest",
        description = {
            "Several processes append to one private PostgreSQL 18 under conditions that contend,",
            "are killed with SIGKILL at random and between decision, commit and answer, lose their",
            "sessions at the server, and start anew; every answer and the whole log are judged."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/contest",
            "  bench/contest --quick --json",
            "  bench/contest --attempts 10000000 --minutes 60",
            "  nice -n 19 bench/contest --attempts 1000000 --seed 7",
            "  bench/contest --quick --single-statement      must find double winners",
            "",
            "--runs and --seconds mean nothing here.",
            "Exit codes: 0 targets met, 1 setup or usage, 3 a target missed, 4 invalid"
        })
public final class ContestBench implements Callable<Integer> {

    private static final long ATTEMPTS = 200_000;
    private static final long ATTEMPTS_QUICK = 20_000;
    private static final long ATTEMPTS_MAX = 1_000_000_000;
    private static final int PROCESSES_MAX = 16;
    private static final int WRITERS_MAX = 1_000;
    private static final double MINUTES_MAX = 24 * 60;
    private static final double HARM_SECONDS_MAX = 3_600;
    private static final double HARM_SECONDS_QUICK = 1;
    private static final double HARM_SECONDS = 3;
    private static final String CONNECTIONS = "500";

    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "Conditional attempts to judge (default: 200000, quick: 20000).")
    private @Nullable Long attempts;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "60",
            description =
                    "No round begins later; what was done by then counts (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "3",
            description = "Processes that append (default: ${DEFAULT-VALUE}).")
    private int processes;

    @Option(
            names = "--writers",
            paramLabel = "N",
            defaultValue = "96",
            description = "Concurrent appends over all processes (default: ${DEFAULT-VALUE}).")
    private int writers;

    @Option(
            names = "--harm-every",
            paramLabel = "S",
            description = "Mean seconds between two harms (default: 3, quick: 1).")
    private @Nullable Double harmEvery;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draws the attempts and the harm again (default: another each time).")
    private @Nullable Long seed;

    @Option(
            names = "--single-statement",
            description = "Append by the single-statement append, which is wrong.")
    private boolean singleStatement;

    /// Made by [#main], and by tests.
    public ContestBench() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new ContestBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(this::measure);
    }

    private List<Result> measure() throws Exception {
        Plan plan = plan();
        int niceness = Niceness.here();
        common.tell(
                "%,d conditional attempts by %d processes with %d writers, harm every %.1f s, niceness %d, seed %d"
                        .formatted(
                                plan.contested(),
                                plan.processes(),
                                plan.writers(),
                                plan.harmEvery().toMillis() / 1e3,
                                niceness,
                                plan.seed()));
        var options = LocalPostgres.Options.defaults().with("max_connections", CONNECTIONS);
        try (LocalPostgres server = LocalPostgres.start(options);
                Campaign campaign = new Campaign(plan, server, common::tell)) {
            Campaign.Ended ended = campaign.run();
            common.tell(ended.report().toString());
            return new ContestResults(ended, niceness).all();
        } catch (LocalServerException e) {
            throw new SetupFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private Plan plan() {
        long contested = attempts == null ? common.either(ATTEMPTS, ATTEMPTS_QUICK) : attempts;
        double harm =
                harmEvery == null ? common.either(HARM_SECONDS, HARM_SECONDS_QUICK) : harmEvery;
        within("--attempts", (double) contested, (double) ATTEMPTS_MAX);
        within("--processes", processes, PROCESSES_MAX);
        within("--writers", writers, WRITERS_MAX);
        within("--minutes", minutes, MINUTES_MAX);
        within("--harm-every", harm, HARM_SECONDS_MAX);
        return new Plan(
                singleStatement ? Side.SINGLE_STATEMENT : Side.EVENT_STORE,
                processes,
                writers,
                contested,
                Duration.ofMillis((long) (minutes * 60_000)),
                Duration.ofMillis((long) (harm * 1_000)),
                seed == null ? new SplittableRandom().nextLong() >>> 1 : seed);
    }

    private void within(String option, double value, double most) {
        if (!(value > 0 && value <= most)) {
            throw common.mistake(
                    "%s is %s, allowed: above 0, at most %,.0f".formatted(option, value, most));
        }
    }
}
