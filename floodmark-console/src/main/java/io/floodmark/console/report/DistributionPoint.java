package io.floodmark.console.report;

/// One point of a latency distribution: this percentage of the operations took at most this long.
///
/// @param percentile from 0 to 100
/// @param millis the latency in milliseconds
public record DistributionPoint(double percentile, double millis) {

    public DistributionPoint {
        if (!(percentile >= 0 && percentile <= 100)) {
            throw new IllegalArgumentException(
                    "percentile must be from 0 to 100, got " + percentile);
        }
        if (!(millis >= 0)) {
            throw new IllegalArgumentException("millis must not be negative, got " + millis);
        }
    }
}
