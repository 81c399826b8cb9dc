package io.floodmark.load.threshold;

import io.floodmark.load.record.Account;
import io.floodmark.load.record.Calibration;
import io.floodmark.load.record.Certificate;
import io.floodmark.load.record.KindStats;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.Percentile;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.TimeoutCounts;
import io.floodmark.load.record.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// Run results made up for the judgement of thresholds.
final class Results {

    /// 1,000 due in 10 s: 945 done, 20 failed, 5 conflicted, 10 timed out, 12 skipped, 8 rejected.
    static final Account ACCOUNT = new Account(1_000, 945, 20, 5, 10, 12, 8, 0, 0);

    private Results() {}

    /// Percentiles from p50 = `base` ms in steps of `base`; mean is a half of it.
    static Latency latency(double base, boolean lowerBound) {
        return new Latency(
                1_000,
                lowerBound ? 3 : 0,
                base / 2,
                new Percentile(base, false),
                new Percentile(2 * base, false),
                new Percentile(3 * base, false),
                new Percentile(4 * base, lowerBound),
                new Percentile(5 * base, lowerBound),
                new Percentile(6 * base, lowerBound));
    }

    static RunResult of(Account account, double seconds, Latency response) {
        return new RunResult(
                info(),
                seconds,
                account,
                true,
                TimeoutCounts.NONE,
                kind("total", response),
                List.of(kind("insert", latency(1, false)), kind("read", Latency.NONE)),
                Latency.NONE,
                Latency.NONE,
                latency(0.25, false),
                0,
                List.of(),
                0,
                new TreeMap<>(),
                OptionalDouble.empty(),
                certificate(),
                List.of(),
                Optional.empty(),
                Verdict.PASS,
                List.of());
    }

    private static KindStats kind(String name, Latency response) {
        return new KindStats(
                name, 945, 20, 5, 10, 12, response, latency(5, false), latency(2, false));
    }

    private static RunInfo info() {
        return new RunInfo(
                "run",
                Instant.EPOCH,
                "table",
                "127.0.0.1:5432/bench",
                "poisson, 100/s",
                false,
                Duration.ofSeconds(10),
                50,
                100,
                "reject",
                Duration.ofSeconds(1),
                1,
                List.of(),
                new TreeMap<>());
    }

    private static Certificate certificate() {
        return new Certificate(
                new Calibration(1, 1),
                1,
                Latency.NONE,
                0,
                0,
                0,
                0,
                0,
                OptionalDouble.empty(),
                0,
                List.of(),
                List.of());
    }
}
