package io.floodmark.load.record;

/// A percentile of a latency distribution.
///
/// @param millis the value in milliseconds
/// @param lowerBound whether the true value may be higher, because operations that never ended are
///   in the distribution with the time that they had waited so far
public record Percentile(double millis, boolean lowerBound) {

    public static final Percentile ZERO = new Percentile(0, false);
}
