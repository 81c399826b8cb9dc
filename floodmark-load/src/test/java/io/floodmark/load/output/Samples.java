package io.floodmark.load.output;

import io.floodmark.load.record.Account;
import io.floodmark.load.record.Calibration;
import io.floodmark.load.record.Certificate;
import io.floodmark.load.record.FailureCount;
import io.floodmark.load.record.Interval;
import io.floodmark.load.record.KindStats;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.Percentile;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.ThresholdResult;
import io.floodmark.load.record.TimeoutCounts;
import io.floodmark.load.record.Verdict;
import io.floodmark.load.record.WriteCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// A made-up run in which every number is another one.
final class Samples {

    private Samples() {}

    /// Percentiles `from`, `from` + 1, ...; the last two are lower bounds.
    static Latency latency(double from) {
        return new Latency(
                100,
                2,
                from + 6,
                new Percentile(from, false),
                new Percentile(from + 1, false),
                new Percentile(from + 2, false),
                new Percentile(from + 3, false),
                new Percentile(from + 4, true),
                new Percentile(from + 5, true));
    }

    static RunInfo info() {
        return new RunInfo(
                "20260102-030405-006-002a",
                Instant.parse("2026-01-02T03:04:05.006Z"),
                "table",
                "db.example:5432/bench",
                "poisson, 300/s",
                false,
                Duration.ofMillis(2_500),
                50,
                100,
                "reject",
                Duration.ofSeconds(1),
                42,
                List.of("insert 63 %", "read 37 %"),
                new TreeMap<>(Map.of("rate", "300/s", "password", "***")));
    }

    static RunResult result() {
        return result(OptionalDouble.of(1), OptionalDouble.of(11.5));
    }

    static RunResult result(OptionalDouble steadyFromSeconds, OptionalDouble cpuPercent) {
        return new RunResult(
                info(),
                2.5,
                new Account(1_000, 880, 40, 20, 30, 15, 10, 4, 1),
                true,
                new TimeoutCounts(20, 7, 3),
                stats("total", 10),
                List.of(stats("insert", 50), stats("read", 90)),
                latency(130),
                latency(140),
                latency(150),
                99,
                List.of(new FailureCount("08 connection exception", 40, 1.25, 2.25, "gone \"x\"")),
                123_456,
                new TreeMap<>(Map.of("conflicts_retried", 17L)),
                steadyFromSeconds,
                certificate(cpuPercent),
                List.of(new ThresholdResult("response:p99<50ms", "13.0 ms", true)),
                Optional.of(
                        new WriteCheck(500, 498, 2, 1, 4, 3, List.of("book b1 is lent twice"), "")),
                Verdict.SLO_MISSED,
                List.of("2 acknowledged writes are lost"));
    }

    private static KindStats stats(String kind, double from) {
        return new KindStats(
                kind, 440, 20, 10, 15, 7, latency(from), latency(from + 10), latency(from + 20));
    }

    private static Certificate certificate(OptionalDouble cpuPercent) {
        return new Certificate(
                new Calibration(250_000, 1),
                1.5,
                latency(160),
                5,
                0.5,
                7.5,
                8.5,
                9.5,
                cpuPercent,
                12.5,
                List.of(),
                List.of("5 of 1000 due arrivals"));
    }

    /// The `second`-th second, in which something was due.
    static Interval interval(int second) {
        Account account = new Account(10L * second, 10L * second, 0, 0, 0, 0, 0, 0, 0);
        return new Interval(
                second - 1,
                second,
                new Account(10, 10, 0, 0, 0, 0, 0, 0, 0),
                account,
                true,
                3,
                stats("total", 10),
                List.of(),
                latency(1),
                latency(2),
                latency(3),
                0,
                0,
                OptionalDouble.empty(),
                new TreeMap<>(Map.of("pool_open", 4L)));
    }

    /// What the engine hands over with an interval.
    static Map<String, Histogram> histograms() {
        Histogram histogram = new Histogram(3);
        histogram.recordValue(1_000_000);
        return Map.of("response", histogram);
    }
}
