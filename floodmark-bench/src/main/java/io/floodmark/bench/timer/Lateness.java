package io.floodmark.bench.timer;

import org.HdrHistogram.Histogram;

/// How late something was, in microseconds.
record Lateness(double p50, double p99, double p999, double max, long count) {

    private static final double NANOS_PER_MICRO = 1e3;

    static Lateness of(Histogram nanos) {
        return new Lateness(
                at(nanos, 50),
                at(nanos, 99),
                at(nanos, 99.9),
                nanos.getMaxValue() / NANOS_PER_MICRO,
                nanos.getTotalCount());
    }

    private static double at(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }
}
