package io.floodmark.bench.timer;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `bench/timer`.
@Command(
        name = "timer",
        description = {
            "How late the load engine releases arrivals that are due, at 1,000, 10,000 and 50,000 a",
            "second, constant and Poisson, against a target that does nothing. The floor is a bare",
            "thread that parks until the same due times."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/timer",
            "  bench/timer --quick --json",
            "  bench/timer --runs 9 --seconds 10",
            "",
            "Exit codes: 0 targets met, 1 setup or usage, 3 a target missed, 4 invalid"
        })
public final class TimerError implements Callable<Integer> {

    private static final double SECONDS = 5;
    private static final double SECONDS_QUICK = 1;

    @Mixin private CommonOptions common = new CommonOptions();

    /// Made by [#main], and by tests.
    public TimerError() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new TimerError()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(this::measure);
    }

    private List<Result> measure() throws InterruptedException {
        Duration length = common.length(SECONDS, SECONDS_QUICK);
        List<Beat> beats = Beat.all();
        common.tell("warming up");
        round(beats.getLast(), 0, length);
        common.tell("");
        common.tell(TimerRound.HEADING);
        List<TimerRound> rounds = new ArrayList<>();
        for (int number = 0; number < common.rounds(); number++) {
            for (Beat beat : beats) {
                TimerRound round = round(beat, number, length);
                common.tell(round.line());
                rounds.add(round);
            }
        }
        return beats.stream().map(beat -> TimerRound.result(of(beat, rounds))).toList();
    }

    private static List<TimerRound> of(Beat beat, List<TimerRound> rounds) {
        return rounds.stream().filter(round -> round.beat().equals(beat)).toList();
    }

    private static TimerRound round(Beat beat, int number, Duration length)
            throws InterruptedException {
        Lateness bare = BareTimer.measure(beat, length, number);
        return new TimerRound(beat, bare, EngineTimer.measure(beat, length, number));
    }
}
