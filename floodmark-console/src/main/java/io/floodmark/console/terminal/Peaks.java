package io.floodmark.console.terminal;

import io.floodmark.load.record.Interval;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.Percentile;

/// The highest values that any second of a run showed, percentile by percentile.
///
/// A percentile of the whole run cannot be computed from those of its seconds; their maximum can,
/// and is named so.
record Peaks(Latency response, Latency waiting, Latency service, double achievedPerSecond) {

    static final Peaks NONE = new Peaks(Latency.NONE, Latency.NONE, Latency.NONE, 0);

    Peaks with(Interval interval) {
        return new Peaks(
                highest(response, interval.total().response()),
                highest(waiting, interval.total().waiting()),
                highest(service, interval.total().service()),
                Math.max(achievedPerSecond, interval.achievedPerSecond()));
    }

    private static Latency highest(Latency a, Latency b) {
        return new Latency(
                a.count() + b.count(),
                a.censored() + b.censored(),
                Math.max(a.mean(), b.mean()),
                highest(a.p50(), b.p50()),
                highest(a.p90(), b.p90()),
                highest(a.p95(), b.p95()),
                highest(a.p99(), b.p99()),
                highest(a.p999(), b.p999()),
                highest(a.max(), b.max()));
    }

    private static Percentile highest(Percentile a, Percentile b) {
        return a.millis() >= b.millis() ? a : b;
    }
}
