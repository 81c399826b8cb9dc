package io.floodmark.bench.engine;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/engine-ceiling`.
@Command(
        name = "engine-ceiling",
        description = {
            "How many operations per second the load engine does against a target that does nothing,",
            "in a closed loop with one worker and in an open loop through the queue to all workers,",
            "and how many bytes it allocates for each."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/engine-ceiling",
            "  bench/engine-ceiling --quick --json",
            "  bench/engine-ceiling --runs 9 --seconds 10 --workers 50 --queue 1000",
            "",
            "Exit codes: 0 targets met, 1 setup or usage, 3 a target missed, 4 invalid"
        })
public final class EngineCeiling implements Callable<Integer> {

    private static final double SECONDS = 4;
    private static final double SECONDS_QUICK = 1.5;

    /// Offered rates, from far above any ceiling downwards.
    private static final List<Double> LADDER = List.of(4e6, 2e6, 1.25e6, 8e5, 4e5, 2e5, 1e5);

    private static final Duration STEP_MAX = Duration.ofSeconds(1);
    private static final int WORKERS_MAX = 10_000;
    private static final int QUEUE_MAX = 1_000_000;

    private final TimeSource time = SystemTime.INSTANCE;

    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "50",
            description = "Workers of the open loop (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "100",
            description = "Places in its queue (default: ${DEFAULT-VALUE}).")
    private int queue;

    /// Made by [#main], and by tests.
    public EngineCeiling() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new EngineCeiling()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(this::measure);
    }

    private List<Result> measure() {
        Duration length = common.length(SECONDS, SECONDS_QUICK);
        OpenLoop.Shape shape = shape();
        common.tell("open loop: %d workers, queue of %d".formatted(workers, queue));
        warmUp(shape, length);
        double offered = bestOffer(shape, length);
        common.tell("");
        common.tell(CeilingRound.HEADING);
        List<CeilingRound> rounds = new ArrayList<>();
        for (int number = 0; number < common.rounds(); number++) {
            CeilingRound round = round(number, shape, offered, length);
            common.tell(round.line());
            rounds.add(round);
        }
        return CeilingRound.results(rounds);
    }

    private OpenLoop.Shape shape() {
        if (workers < 1 || workers > WORKERS_MAX) {
            throw common.mistake(
                    "--workers is %d, allowed: 1 to %d".formatted(workers, WORKERS_MAX));
        }
        if (queue < 1 || queue > QUEUE_MAX) {
            throw common.mistake("--queue is %d, allowed: 1 to %d".formatted(queue, QUEUE_MAX));
        }
        return new OpenLoop.Shape(workers, queue);
    }

    /// Lets the compiler work.
    private void warmUp(OpenLoop.Shape shape, Duration length) {
        common.tell("warming up");
        BareLoop.perSecond(time, length);
        ClosedLoop.measure(time, length, 0);
        OpenLoop.measure(time, shape, LADDER.getFirst(), length, 0);
    }

    /// The offered rate at which most is done: an engine that is flooded does other work too.
    private double bestOffer(OpenLoop.Shape shape, Duration length) {
        Duration step = length.compareTo(STEP_MAX) < 0 ? length : STEP_MAX;
        List<OpenLoop> tried = new ArrayList<>();
        for (double offered : LADDER) {
            OpenLoop open = OpenLoop.measure(time, shape, offered, step, 0);
            common.tell(
                    "open loop, %,.0f arrivals/s offered: %,.0f operations/s"
                            .formatted(offered, open.perSecond()));
            tried.add(open);
        }
        return Collections.max(tried, Comparator.comparingDouble(OpenLoop::perSecond)).offered();
    }

    private CeilingRound round(int number, OpenLoop.Shape shape, double offered, Duration length) {
        double bare = BareLoop.perSecond(time, length);
        ClosedLoop closed = ClosedLoop.measure(time, length, number);
        OpenLoop open = OpenLoop.measure(time, shape, offered, length, number);
        return new CeilingRound(bare, closed, open);
    }
}
