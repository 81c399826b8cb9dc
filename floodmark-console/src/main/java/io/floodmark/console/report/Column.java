package io.floodmark.console.report;

import io.floodmark.load.record.Interval;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.Percentile;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// A column of the report's series: its name in the data, its value in one second, and how seconds
/// merge. Counts add up; of levels and latencies the worst second stays.
record Column(String label, Merge merge, ToDoubleFunction<Interval> value) {

    static final List<Column> ALL =
            List.of(
                    new Column("start", Merge.FIRST, Interval::startSeconds),
                    new Column("end", Merge.LAST, Interval::endSeconds),
                    new Column("due", Merge.SUM, i -> i.delta().due()),
                    new Column("done", Merge.SUM, i -> i.delta().done()),
                    new Column("failed", Merge.SUM, i -> i.delta().failed()),
                    new Column("conflicted", Merge.SUM, i -> i.delta().conflicted()),
                    new Column("timedOut", Merge.SUM, i -> i.delta().timedOut()),
                    new Column("skipped", Merge.SUM, i -> i.delta().skipped()),
                    new Column("rejected", Merge.SUM, i -> i.delta().rejected()),
                    new Column("inQueue", Merge.LAST, i -> i.delta().inQueue()),
                    new Column("inFlight", Merge.LAST, i -> i.delta().inFlight()),
                    new Column("queueDepthMax", Merge.HIGHEST, Interval::queueDepthMax),
                    new Column("censored", Merge.SUM, i -> i.total().response().censored()),
                    worst("responseP50", i -> i.total().response(), Latency::p50),
                    worst("responseP90", i -> i.total().response(), Latency::p90),
                    worst("responseP99", i -> i.total().response(), Latency::p99),
                    worst("responseMax", i -> i.total().response(), Latency::max),
                    worst("lagP99", Interval::generatorLag, Latency::p99),
                    worst("lagMax", Interval::generatorLag, Latency::max),
                    new Column("disturbed", Merge.SUM, Interval::disturbed),
                    new Column("pauseMax", Merge.HIGHEST, Interval::pauseMillisMax),
                    new Column("cpu", Merge.HIGHEST, i -> i.cpuPercent().orElse(Double.NaN)),
                    new Column("poolOpen", Merge.HIGHEST, gauge("pool_open")),
                    new Column("poolActive", Merge.HIGHEST, gauge("pool_active")),
                    new Column("poolWaiting", Merge.HIGHEST, gauge("pool_waiting")),
                    new Column("serverConnections", Merge.HIGHEST, gauge("server_connections")),
                    new Column("serverFree", Merge.LOWEST, gauge("server_free_connections")));

    double of(Interval interval) {
        return value.applyAsDouble(interval);
    }

    double merged(double earlier, double later) {
        return merge.of(earlier, later);
    }

    /// A percentile, whose worst second stays.
    private static Column worst(
            String label,
            Function<Interval, Latency> latency,
            Function<Latency, Percentile> percentile) {
        return new Column(label, Merge.HIGHEST, i -> millis(latency.apply(i), percentile));
    }

    private static double millis(Latency latency, Function<Latency, Percentile> percentile) {
        return latency.count() == 0 ? Double.NaN : percentile.apply(latency).millis();
    }

    private static ToDoubleFunction<Interval> gauge(String name) {
        return interval -> {
            Long value = interval.gauges().get(name);
            return value == null ? Double.NaN : value;
        };
    }
}
