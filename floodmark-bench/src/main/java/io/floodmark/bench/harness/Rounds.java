package io.floodmark.bench.harness;

import java.util.ArrayList;
import java.util.List;

/// One number per round of a benchmark, in the order of the rounds.
public record Rounds(List<Double> values) {

    public Rounds {
        values = List.copyOf(values);
        if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("rounds need finite numbers, got " + values);
        }
    }

    /// The middle value; of an even number of rounds the mean of the two in the middle.
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /// Round by round, this over `base`: what disturbs a round disturbs both, and cancels out.
    public Rounds over(Rounds base) {
        if (base.values.size() != values.size()) {
            throw new IllegalArgumentException(
                    "%d rounds over %d".formatted(values.size(), base.values.size()));
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < values.size(); round++) {
            ratios.add(values.get(round) / base.values.get(round));
        }
        return new Rounds(ratios);
    }
}
