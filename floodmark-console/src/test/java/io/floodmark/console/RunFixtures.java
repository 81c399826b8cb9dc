package io.floodmark.console;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// Realistic runs: one that passes, a closed loop, an invalid one, one with lower bounds and one
/// that did nothing. The same on every call.
public final class RunFixtures {

    public static final String HOSTILE = "broke: </script><img src=x onerror=alert(1)> \u001b[31m";

    private static final Certificate VALID =
            new Certificate(
                    new Calibration(41_250, 2),
                    5,
                    latency(17_800, 0.08),
                    12,
                    0.067,
                    11.8,
                    46.3,
                    32.1,
                    OptionalDouble.of(31),
                    0,
                    List.of(),
                    List.of("12 arrivals were disturbed by a pause of 11.8 ms at 31 s"));

    private RunFixtures() {}

    public static RunInfo info(boolean closedLoop, int seconds) {
        return new RunInfo(
                "20260314-101500-table-7",
                Instant.parse("2026-03-14T10:15:00Z"),
                "table",
                "127.0.0.1:5432/bench",
                closedLoop ? "closed loop, 50 workers" : "poisson, 300/s",
                closedLoop,
                Duration.ofSeconds(seconds),
                50,
                100,
                "reject",
                Duration.ofSeconds(1),
                7,
                List.of("insert 63 %", "update 7 %", "read 30 %"),
                new TreeMap<>(
                        Map.of(
                                "DB_HOST", "127.0.0.1",
                                "DB_PASSWORD", "********",
                                "BATCH_SIZE", "100",
                                "TABLE_NAME", "floodmark_load",
                                "rate", closedLoop ? "none" : "300")));
    }

    /// 18,000 arrivals, few of them failed, every threshold held.
    public static RunResult passing() {
        return result(
                info(false, 60),
                new Account(18_000, 17_898, 12, 5, 21, 0, 64, 0, 0),
                VALID,
                Verdict.PASS,
                List.of());
    }

    public static RunResult closedLoop() {
        return result(
                info(true, 60),
                new Account(54_210, 54_200, 10, 0, 0, 0, 0, 0, 0),
                VALID,
                Verdict.PASS,
                List.of());
    }

    /// The generator was the limit, and two arrivals are missing from the books.
    public static RunResult invalid() {
        String fault =
                "4,120 of 18,000 due arrivals (22.9 %) were released more than 5 ms late although a"
                        + " worker was free; the limit is 1 %";
        Certificate faulty =
                new Certificate(
                        new Calibration(420, 2),
                        5,
                        latency(17_800, 22),
                        4_120,
                        22.9,
                        412,
                        3_900,
                        2_210,
                        OptionalDouble.of(97),
                        840,
                        List.of(fault, "the ceiling of 420/s is only 1.4 × the offered rate"),
                        List.of());
        return result(
                info(false, 60),
                new Account(18_000, 17_900, 12, 0, 20, 0, 66, 0, 0),
                faulty,
                Verdict.INVALID,
                List.of(fault, "2 due arrivals are explained by no entry of the account"));
    }

    /// A stalled target: 40 arrivals never started and 50 operations never ended.
    public static RunResult lowerBounds() {
        RunResult base =
                result(
                        info(false, 60),
                        new Account(18_000, 12_400, 310, 0, 3_200, 0, 2_000, 40, 50),
                        VALID,
                        Verdict.SLO_MISSED,
                        List.of("response:p99<50ms was missed: ≥ 1,000 ms"));
        KindStats bounded =
                new KindStats(
                        "total",
                        12_400,
                        310,
                        0,
                        3_200,
                        0,
                        bounded(16_000, 90),
                        latency(12_710, 20),
                        latency(15_910, 300));
        return with(base, bounded);
    }

    /// Stopped before the first arrival.
    public static RunResult nothingDone() {
        KindStats none =
                new KindStats("total", 0, 0, 0, 0, 0, Latency.NONE, Latency.NONE, Latency.NONE);
        Certificate certificate =
                new Certificate(
                        new Calibration(41_250, 2),
                        5,
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
        return new RunResult(
                info(false, 60),
                0,
                Account.EMPTY,
                true,
                TimeoutCounts.NONE,
                none,
                List.of(),
                Latency.NONE,
                Latency.NONE,
                Latency.NONE,
                0,
                List.of(),
                0,
                new TreeMap<>(),
                OptionalDouble.empty(),
                certificate,
                List.of(),
                Optional.empty(),
                Verdict.INTERRUPTED,
                List.of("stopped by Ctrl-C after 0.0 s"));
    }

    public static List<Interval> intervals(int seconds) {
        List<Interval> intervals = new ArrayList<>();
        Account sum = Account.EMPTY;
        for (int second = 0; second < seconds; second++) {
            Interval interval = interval(second, sum);
            intervals.add(interval);
            sum = interval.account();
        }
        return intervals;
    }

    public static Latency latency(long count, double scale) {
        return new Latency(
                count,
                0,
                scale * 1.2,
                exact(scale),
                exact(scale * 2.1),
                exact(scale * 2.8),
                exact(scale * 4.6),
                exact(scale * 9.7),
                exact(scale * 14.2));
    }

    /// One second; the first five are slow, and second 31 meets a pause of the generator.
    private static Interval interval(int second, Account before) {
        double warmUp = second < 5 ? 6 - second : 1;
        double wave = 1 + 0.25 * Math.sin(second / 4.0) + (second * 37 % 11) / 40.0;
        double scale = 4.1 * warmUp * wave;
        Account delta = delta(second, before);
        long queue = delta.inQueue();
        long done = delta.done();
        long due = delta.due();
        boolean paused = second == 31;
        return new Interval(
                second,
                second + 1,
                delta,
                plus(before, delta),
                true,
                queue + 4,
                stats("total", delta, 1, scale),
                List.of(
                        stats("insert", delta, 0.63, scale),
                        stats("read", delta, 0.30, scale * 0.6),
                        stats("update", delta, 0.07, scale * 0.8)),
                latency(done, scale * 0.2),
                latency(done, scale * 0.05),
                latency(due, paused ? 2.6 : 0.05 + second % 5 * 0.01),
                paused ? 12 : 0,
                paused ? 11.8 : 0.4 + second % 7 * 0.1,
                OptionalDouble.of(29 + second % 5),
                gauges(second));
    }

    private static Account delta(int second, Account before) {
        long due = 300L + second * 53 % 29 - 14;
        long rejected = second % 17 == 3 ? 9 : 0;
        long failed = second % 13 == 5 ? 3 : 0;
        long timedOut = second < 3 ? 6 : second % 19 == 0 ? 1 : 0;
        long flight = 3L + second * 7 % 9;
        long queue = second % 6;
        long done =
                due
                        + before.inQueue()
                        + before.inFlight()
                        - rejected
                        - failed
                        - timedOut
                        - flight
                        - queue;
        return new Account(due, done, failed, 0, timedOut, 0, rejected, queue, flight);
    }

    private static SortedMap<String, Long> gauges(int second) {
        return new TreeMap<>(
                Map.of(
                        "pool_open",
                        50L,
                        "pool_active",
                        7L + second % 6,
                        "pool_waiting",
                        (long) (second % 17 == 3 ? 4 : 0),
                        "server_connections",
                        58L,
                        "server_free_connections",
                        39L,
                        "bytes_written",
                        second * 41_000L));
    }

    private static Account plus(Account sum, Account delta) {
        return new Account(
                sum.due() + delta.due(),
                sum.done() + delta.done(),
                sum.failed() + delta.failed(),
                sum.conflicted() + delta.conflicted(),
                sum.timedOut() + delta.timedOut(),
                sum.skipped() + delta.skipped(),
                sum.rejected() + delta.rejected(),
                delta.inQueue(),
                delta.inFlight());
    }

    private static KindStats stats(String kind, Account account, double share, double scale) {
        long done = Math.round(account.done() * share);
        return new KindStats(
                kind,
                done,
                Math.round(account.failed() * share),
                Math.round(account.conflicted() * share),
                Math.round(account.timedOut() * share),
                0,
                latency(done, scale),
                latency(done, scale * 0.75),
                latency(done, scale * 0.22));
    }

    private static RunResult result(
            RunInfo info,
            Account account,
            Certificate certificate,
            Verdict verdict,
            List<String> reasons) {
        return new RunResult(
                info,
                60,
                account,
                account.residual() == 0,
                new TimeoutCounts(
                        account.timedOut() / 4,
                        account.timedOut() / 8,
                        account.timedOut() - account.timedOut() / 4 - account.timedOut() / 8),
                stats("total", account, 1, 4.1),
                List.of(
                        stats("insert", account, 0.63, 4.4),
                        stats("read", account, 0.30, 2.2),
                        stats("update", account, 0.07, 3.9)),
                latency(account.done(), 0.9),
                latency(account.done(), 0.2),
                latency(account.due(), 0.07),
                37,
                List.of(
                        new FailureCount("08 connection exception", 9, 3.2, 8.1, HOSTILE),
                        new FailureCount(
                                "40001 serialization failure",
                                3,
                                12,
                                44.9,
                                "could not" + " serialize access due to concurrent update")),
                12_931_072,
                new TreeMap<>(Map.of("conflicts_retried", 31L)),
                OptionalDouble.of(6),
                certificate,
                List.of(
                        new ThresholdResult(
                                "response:p99<50ms", "18.9 ms", verdict != Verdict.SLO_MISSED),
                        new ThresholdResult("failed<1%", "0.07 %", true)),
                Optional.of(new WriteCheck(17_903, 17_903, 0, 0, 3, 2, List.of(), "")),
                verdict,
                reasons);
    }

    private static RunResult with(RunResult base, KindStats total) {
        return new RunResult(
                base.info(),
                base.elapsedSeconds(),
                base.account(),
                base.booksClosed(),
                base.timeouts(),
                total,
                base.kinds(),
                base.queueWait(),
                base.poolWait(),
                base.generatorLag(),
                base.queueDepthMax(),
                base.failures(),
                base.bytesWritten(),
                base.counts(),
                OptionalDouble.empty(),
                base.certificate(),
                base.thresholds(),
                Optional.of(WriteCheck.notMade("the server was gone")),
                base.verdict(),
                base.reasons());
    }

    private static Latency bounded(long count, long censored) {
        return new Latency(
                count,
                censored,
                210,
                exact(61),
                exact(880),
                exact(990),
                new Percentile(1_000, true),
                new Percentile(1_000, true),
                new Percentile(1_000, true));
    }

    private static Percentile exact(double millis) {
        return new Percentile(millis, false);
    }
}
