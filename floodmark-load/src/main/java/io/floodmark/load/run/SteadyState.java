package io.floodmark.load.run;

import io.floodmark.load.engine.MeanResponse;
import java.util.List;
import java.util.OptionalDouble;

/// Finds where warm-up ends.
///
/// MSER (White 1997, "An effective truncation heuristic for bias reduction in simulation output"):
/// of all cuts in the first half, take the one after which the mean is known best, that is with the
/// least Σ(x - mean)² / n². A best cut at the very end of that half means that the series never
/// settled. What is left must not drift: the means of its halves may differ by three standard
/// errors at most (after Geweke 1992).
final class SteadyState {

    private static final int INTERVALS_MIN = 10;
    private static final double STANDARD_ERRORS_MAX = 3;

    private SteadyState() {}

    /// The second from which `responses` are steady, if there is one. Seconds in which nothing
    /// ended are not among them.
    static OptionalDouble fromSecond(List<MeanResponse> responses) {
        List<Double> means = responses.stream().map(MeanResponse::millis).toList();
        int size = means.size();
        if (size < INTERVALS_MIN) {
            return OptionalDouble.empty();
        }
        int last = size / 2;
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int cut = 0; cut <= last; cut++) {
            double error = squaredErrorOfMean(means.subList(cut, size));
            if (error < least) {
                least = error;
                best = cut;
            }
        }
        return best == last || drifts(means.subList(best, size))
                ? OptionalDouble.empty()
                : OptionalDouble.of(responses.get(best).startSeconds());
    }

    private static boolean drifts(List<Double> values) {
        int half = values.size() / 2;
        List<Double> first = values.subList(0, half);
        List<Double> second = values.subList(half, values.size());
        double error = Math.sqrt(squaredErrorOfMean(first) + squaredErrorOfMean(second));
        return Math.abs(mean(first) - mean(second)) > STANDARD_ERRORS_MAX * error;
    }

    private static double squaredErrorOfMean(List<Double> values) {
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        return squares / ((double) values.size() * values.size());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(0);
    }
}
