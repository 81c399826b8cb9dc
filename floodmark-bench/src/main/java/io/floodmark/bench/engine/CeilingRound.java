package io.floodmark.bench.engine;

import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// One round: the floor, the closed loop and the open loop, right after each other.
///
/// @param bare iterations per second of the [BareLoop]
record CeilingRound(double bare, ClosedLoop closed, OpenLoop open) {

    static final String HEADING =
            "bare loop/s   closed loop/s  per CPU second  bytes/operation   open loop/s  books";

    private static final Target CLOSED = Target.valueAtLeast(5_000_000);
    private static final Target OPEN = Target.valueAtLeast(1_000_000);

    /// The smallest object takes 16 bytes, so below this no operation allocates; what is left is
    /// histograms that grow when a longer time than ever occurs.
    private static final Target NO_ALLOCATION = Target.valueAtMost(0.1);

    String line() {
        return "%,11.0f  %,14.0f  %,14.0f  %15.3f  %,12.0f  %s%s"
                .formatted(
                        bare,
                        closed.perSecond(),
                        closed.perCpuSecond(),
                        closed.bytesPerOperation(),
                        open.perSecond(),
                        closed.booksClosed() && open.booksClosed() ? "closed" : "NOT CLOSED",
                        open.saturated() ? "" : ", open loop followed: its ceiling is higher");
    }

    static List<Result> results(List<CeilingRound> rounds) {
        return List.of(closedLoop(rounds), allocation(rounds), openLoop(rounds));
    }

    private static Result closedLoop(List<CeilingRound> rounds) {
        Rounds values = each(rounds, round -> round.closed.perSecond());
        Rounds floor = each(rounds, CeilingRound::bare);
        Rounds cpu = each(rounds, round -> round.closed.perCpuSecond());
        return new Result(
                "engine-ceiling.closed-loop",
                "operations/s/core",
                values,
                Optional.of(values.over(floor)),
                CLOSED,
                all(rounds, round -> round.closed.booksClosed()),
                new TreeMap<>(Map.of("bare_loop", floor.median(), "per_cpu_second", cpu.median())));
    }

    private static Result allocation(List<CeilingRound> rounds) {
        return new Result(
                "engine-ceiling.allocation",
                "bytes/operation",
                each(rounds, round -> round.closed.bytesPerOperation()),
                Optional.empty(),
                NO_ALLOCATION,
                all(rounds, round -> round.closed.booksClosed()),
                new TreeMap<>());
    }

    private static Result openLoop(List<CeilingRound> rounds) {
        Rounds values = each(rounds, round -> round.open.perSecond());
        Rounds floor = each(rounds, CeilingRound::bare);
        return new Result(
                "engine-ceiling.open-loop",
                "operations/s",
                values,
                Optional.of(values.over(floor)),
                OPEN,
                all(rounds, round -> round.open.booksClosed()),
                new TreeMap<>(
                        Map.of(
                                "bare_loop",
                                floor.median(),
                                "offered",
                                each(rounds, round -> round.open.offered()).median())));
    }

    private static Rounds each(List<CeilingRound> rounds, ToDoubleFunction<CeilingRound> number) {
        return new Rounds(rounds.stream().mapToDouble(number).boxed().toList());
    }

    private static boolean all(List<CeilingRound> rounds, Predicate<CeilingRound> holds) {
        return rounds.stream().allMatch(holds);
    }
}
