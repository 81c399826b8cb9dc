package io.floodmark.bench.pgbench;

import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// One statement in one round: both sides right after each other.
record RatioRound(BenchStatement statement, Measured ours, Measured pgbench) {

    static final String HEADING = "statement     ours tps    pgbench tps   ratio";

    private static final Target TARGET = Target.ratioAtLeast(0.9);

    String line() {
        return "%-10s  %,10.0f  %,13.0f  %6.3f%s"
                .formatted(
                        statement.label(),
                        ours.perSecond(),
                        pgbench.perSecond(),
                        ours.perSecond() / pgbench.perSecond(),
                        valid() ? "" : "  INVALID: failures, or an account that does not close");
    }

    private boolean valid() {
        return ours.valid() && pgbench.valid();
    }

    /// The result of one statement, from all its rounds.
    static Result result(List<RatioRound> rounds) {
        Rounds values = each(rounds, round -> round.ours.perSecond());
        Rounds peer = each(rounds, round -> round.pgbench.perSecond());
        return new Result(
                "pgbench-ratio." + rounds.getFirst().statement.label(),
                "transactions/s",
                values,
                Optional.of(values.over(peer)),
                TARGET,
                rounds.stream().allMatch(RatioRound::valid),
                new TreeMap<>(Map.of("pgbench", peer.median())));
    }

    private static Rounds each(List<RatioRound> rounds, ToDoubleFunction<RatioRound> number) {
        return new Rounds(rounds.stream().mapToDouble(number).boxed().toList());
    }
}
