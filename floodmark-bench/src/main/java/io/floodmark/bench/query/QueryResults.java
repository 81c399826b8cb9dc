package io.floodmark.bench.query;

import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Results from all rounds.
///
/// @param rounds of all kinds and sizes, as many of each
/// @param hot of the hot tag
record QueryResults(List<QueryRound> rounds, List<HotRound> hot) {

    private static final Target PEER = Target.ratioAtMost(1);
    private static final Target GROWTH = Target.ratioAtMost(1.25);
    private static final Target HOT = Target.ratioAtMost(2);

    /// For each kind the latency at each size and its growth; then the hot tag.
    List<Result> all() {
        List<Result> results = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            SortedMap<Long, List<QueryRound>> sizes =
                    rounds.stream()
                            .filter(round -> round.kind() == kind)
                            .collect(
                                    Collectors.groupingBy(
                                            QueryRound::size, TreeMap::new, Collectors.toList()));
            sizes.forEach((size, of) -> results.add(latency(kind, size, of)));
            growth(kind, sizes).ifPresent(results::add);
        }
        results.add(hotTag());
        return results;
    }

    private static Result latency(Kind kind, long size, List<QueryRound> of) {
        Rounds ours = each(of, round -> round.ours().millisAt(QueryRound.MEDIAN));
        Rounds theirs = each(of, round -> round.theirs().millisAt(QueryRound.MEDIAN));
        return new Result(
                "query." + kind.label() + "." + size,
                "ms, p50",
                ours,
                Optional.of(ours.over(theirs)),
                PEER,
                valid(of),
                new TreeMap<>(
                        Map.of(
                                "p99_ms",
                                each(of, round -> round.ours().millisAt(QueryRound.TAIL)).median(),
                                "single_statement_ms",
                                theirs.median(),
                                "single_statement_p99_ms",
                                each(of, round -> round.theirs().millisAt(QueryRound.TAIL))
                                        .median())));
    }

    /// The median latency in the largest store over that in the smallest in the same round.
    private static Optional<Result> growth(Kind kind, SortedMap<Long, List<QueryRound>> sizes) {
        if (sizes.size() < 2) {
            return Optional.empty();
        }
        List<QueryRound> small = sizes.firstEntry().getValue();
        List<QueryRound> large = sizes.lastEntry().getValue();
        Rounds least = each(small, round -> round.ours().millisAt(QueryRound.MEDIAN));
        Rounds most = each(large, round -> round.ours().millisAt(QueryRound.MEDIAN));
        return Optional.of(
                new Result(
                        "query.growth." + kind.label(),
                        "ms, p50",
                        most,
                        Optional.of(most.over(least)),
                        GROWTH,
                        valid(small) && valid(large),
                        new TreeMap<>(
                                Map.of(
                                        "largest", (double) sizes.lastKey(),
                                        "smallest", (double) sizes.firstKey(),
                                        "smallest_ms", least.median()))));
    }

    private Result hotTag() {
        Rounds hotMillis = of(round -> round.hot().millisAt(QueryRound.MEDIAN));
        Rounds cold = of(round -> round.cold().millisAt(QueryRound.MEDIAN));
        return new Result(
                "query.hot-tag",
                "ms, p50",
                hotMillis,
                Optional.of(hotMillis.over(cold)),
                HOT,
                hot.stream().allMatch(HotRound::valid),
                new TreeMap<>(
                        Map.of(
                                "cold_ms",
                                cold.median(),
                                "no_match_ms",
                                of(round -> round.none().millisAt(QueryRound.MEDIAN)).median(),
                                "p99_ms",
                                of(round -> round.hot().millisAt(QueryRound.TAIL)).median())));
    }

    private Rounds of(ToDoubleFunction<HotRound> number) {
        return new Rounds(hot.stream().mapToDouble(number).boxed().toList());
    }

    private static boolean valid(List<QueryRound> of) {
        return of.stream().allMatch(QueryRound::valid);
    }

    private static Rounds each(List<QueryRound> of, ToDoubleFunction<QueryRound> number) {
        return new Rounds(of.stream().mapToDouble(number).boxed().toList());
    }
}
