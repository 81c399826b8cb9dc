package io.floodmark.bench.harness;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One result of a benchmark over all its rounds.
///
/// @param name `benchmark.what`
/// @param unit of the values
/// @param values what was measured
/// @param ratios the values over their floor or peer, round by round; empty where there is none
/// @param target what must be reached by the median
/// @param valid whether the measurement itself is to be trusted: closed books, nothing failed
/// @param details further numbers by name
public record Result(
        String name,
        String unit,
        Rounds values,
        Optional<Rounds> ratios,
        Target target,
        boolean valid,
        SortedMap<String, Double> details) {

    public Result {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
        if (target.of() == Target.Of.RATIO && ratios.isEmpty()) {
            throw new IllegalArgumentException(name + " has a target for its ratio, but no ratio");
        }
    }

    /// Whether the measurement is valid and the target is reached.
    public boolean ok() {
        return valid && target.met(judged().median());
    }

    private Rounds judged() {
        return switch (target.of()) {
            case VALUE -> values;
            case RATIO -> spreadOver();
        };
    }

    /// What the spread is the minimum and maximum of: the ratios, or the values without them.
    Rounds spreadOver() {
        return ratios.orElse(values);
    }
}
