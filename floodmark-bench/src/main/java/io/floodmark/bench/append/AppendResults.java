package io.floodmark.bench.append;

import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import io.floodmark.bench.stores.ClosedLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Results from the rounds of all cells.
///
/// @param rounds in the order in which they were measured
record AppendResults(List<AppendRound> rounds) {

    /// The number of callers for which the targets are stated.
    static final int JUDGED_CALLERS = 64;

    private static final Target MANY = Target.ratioAtLeast(10);
    private static final Target SOME = Target.ratioAtLeast(1);
    private static final Target TAIL_MILLIS = Target.valueAtMost(20);
    private static final Target WAL_BYTES = Target.valueAtMost(1_000);
    private static final Target GROWTH = Target.ratioAtMost(1.10);

    /// For each cell the throughput; for those of the judged number of callers also the tail and
    /// the WAL; and the growth from the smallest to the largest size.
    List<Result> all() {
        SortedMap<Cell, List<AppendRound>> cells =
                rounds.stream()
                        .collect(
                                Collectors.groupingBy(
                                        AppendRound::cell, TreeMap::new, Collectors.toList()));
        List<Result> results = new ArrayList<>();
        cells.forEach((cell, measured) -> {
            results.add(throughput(cell, measured));
            if (cell.callers() == JUDGED_CALLERS) {
                results.add(tail(cell, measured));
                results.add(wal(cell, measured));
            }
        });
        growth(cells).ifPresent(results::add);
        return results;
    }

    private static Result throughput(Cell cell, List<AppendRound> of) {
        Rounds theirs = each(of, round -> rate(round.theirs()));
        Rounds ours = each(of, round -> rate(round.ours()));
        return new Result(
                "append.throughput." + cell.label(),
                "appends/s",
                ours,
                Optional.of(ours.over(theirs)),
                cell.callers() == JUDGED_CALLERS ? MANY : SOME,
                valid(of),
                new TreeMap<>(
                        Map.of(
                                "single_statement",
                                theirs.median(),
                                "p50_ms",
                                each(of, AppendRound::medianMillis).median(),
                                "p99_ms",
                                each(of, AppendRound::tailMillis).median())));
    }

    private static Result tail(Cell cell, List<AppendRound> of) {
        return new Result(
                "append.p99." + cell.label(),
                "ms",
                each(of, AppendRound::tailMillis),
                Optional.empty(),
                TAIL_MILLIS,
                valid(of),
                new TreeMap<>());
    }

    private static Result wal(Cell cell, List<AppendRound> of) {
        Rounds theirs = each(of, round -> round.theirWal().records());
        Rounds ours = each(of, round -> round.wal().records());
        return new Result(
                "append.wal." + cell.label(),
                "bytes/event",
                ours,
                Optional.of(ours.over(theirs)),
                WAL_BYTES,
                valid(of),
                new TreeMap<>(
                        Map.of(
                                "single_statement",
                                theirs.median(),
                                "with_page_images",
                                each(of, round -> round.wal().all()).median(),
                                "single_statement_with_page_images",
                                each(of, round -> round.theirWal().all()).median())));
    }

    /// The cost of an append in the largest store over that in the smallest, both under the judged
    /// number of callers, or the only one there is.
    private static Optional<Result> growth(SortedMap<Cell, List<AppendRound>> cells) {
        List<Cell> judged =
                cells.keySet().stream().filter(c -> c.callers() == JUDGED_CALLERS).toList();
        if (judged.size() < 2) {
            return Optional.empty();
        }
        List<AppendRound> small = cells.getOrDefault(judged.getFirst(), List.of());
        List<AppendRound> large = cells.getOrDefault(judged.getLast(), List.of());
        Rounds cost = each(large, round -> 1e6 / rate(round.ours()));
        Rounds base = each(small, round -> 1e6 / rate(round.ours()));
        return Optional.of(
                new Result(
                        "append.growth.%d-to-%d"
                                .formatted(judged.getFirst().size(), judged.getLast().size()),
                        "us/append",
                        cost,
                        Optional.of(cost.over(base)),
                        GROWTH,
                        valid(small) && valid(large),
                        new TreeMap<>(Map.of("smallest", base.median()))));
    }

    /// Of a measurement without any success, which is invalid, at most what one would have been.
    private static double rate(ClosedLoop.Measured measured) {
        return Math.max(measured.perSecond(), 1 / measured.seconds());
    }

    private static boolean valid(List<AppendRound> of) {
        return of.stream().allMatch(AppendRound::valid);
    }

    private static Rounds each(List<AppendRound> of, ToDoubleFunction<AppendRound> number) {
        return new Rounds(of.stream().mapToDouble(number).boxed().toList());
    }
}
