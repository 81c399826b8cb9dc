package io.floodmark.load.record;

/// Percentiles of one latency distribution, in milliseconds.
///
/// @param count operations in the distribution
/// @param censored how many of them are known only by a lower bound
/// @param mean arithmetic mean in milliseconds; censored operations count with their bound
public record Latency(
        long count,
        long censored,
        double mean,
        Percentile p50,
        Percentile p90,
        Percentile p95,
        Percentile p99,
        Percentile p999,
        Percentile max) {

    public static final Latency NONE =
            new Latency(
                    0,
                    0,
                    0,
                    Percentile.ZERO,
                    Percentile.ZERO,
                    Percentile.ZERO,
                    Percentile.ZERO,
                    Percentile.ZERO,
                    Percentile.ZERO);
}
