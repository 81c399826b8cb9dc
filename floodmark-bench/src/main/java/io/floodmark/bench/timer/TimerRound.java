package io.floodmark.bench.timer;

import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// One round of one beat: the bare timer and the engine's, right after each other.
record TimerRound(Beat beat, Lateness bare, EngineTimer engine) {

    static final String HEADING =
            "arrivals           p50 us    p99 us  p99.9 us    max us   bare p99.9 us";

    private static final Target TARGET = Target.valueAtMost(200);

    String line() {
        Lateness late = engine.late();
        return "%-15s  %8.1f  %8.1f  %8.1f  %8.1f  %14.1f%s"
                .formatted(
                        beat.label(),
                        late.p50(),
                        late.p99(),
                        late.p999(),
                        late.max(),
                        bare.p999(),
                        engine.valid() ? "" : "  INVALID: arrivals are missing");
    }

    /// The result of one beat, from all its rounds.
    static Result result(List<TimerRound> rounds) {
        Rounds values = each(rounds, round -> round.engine.late().p999());
        Rounds floor = each(rounds, round -> round.bare.p999());
        return new Result(
                "timer." + rounds.getFirst().beat.label(),
                "us",
                values,
                Optional.of(values.over(floor)),
                TARGET,
                rounds.stream().allMatch(round -> round.engine.valid()),
                new TreeMap<>(
                        Map.of(
                                "p50",
                                each(rounds, round -> round.engine.late().p50()).median(),
                                "p99",
                                each(rounds, round -> round.engine.late().p99()).median(),
                                "p99.9",
                                values.median(),
                                "max",
                                each(rounds, round -> round.engine.late().max()).max(),
                                "bare_p99.9",
                                floor.median())));
    }

    private static Rounds each(List<TimerRound> rounds, ToDoubleFunction<TimerRound> number) {
        return new Rounds(rounds.stream().mapToDouble(number).boxed().toList());
    }
}
