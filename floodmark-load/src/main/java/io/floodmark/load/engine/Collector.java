package io.floodmark.load.engine;

import io.floodmark.load.certificate.GeneratorWatch;
import io.floodmark.load.record.Account;
import io.floodmark.load.record.Interval;
import io.floodmark.load.record.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// Closes one interval after another: brings the samples together, reads the books, tells the
/// observer.
///
/// *Threads.* One thread, the engine's own.
final class Collector {

    /// Lag with a free worker above this, or above 5 % of the median response, is a disturbance.
    private static final long LAG_LIMIT_NANOS_MIN = 1_000_000;

    private static final double LAG_LIMIT_SHARE = 0.05;

    private final Statistics statistics;
    private final List<SampleBuffer> buffers;
    private final Books books;
    private final GeneratorWatch watch;
    private final Supplier<SortedMap<String, Long>> gauges;
    private final EngineObserver observer;
    private final List<MeanResponse> responseMeans = new ArrayList<>();
    private Account account = Account.EMPTY;
    private boolean booksClosed = true;
    private long queueDepthMax;
    private double lastSeconds;

    Collector(
            Statistics statistics,
            List<SampleBuffer> buffers,
            Books books,
            GeneratorWatch watch,
            Outside outside) {
        this.statistics = statistics;
        this.buffers = buffers;
        this.books = books;
        this.watch = watch;
        this.gauges = outside.gauges();
        this.observer = outside.observer();
    }

    /// What the collector asks and tells.
    record Outside(Supplier<SortedMap<String, Long>> gauges, EngineObserver observer) {}

    /// What is read under the statistics' lock.
    private record Closed(Interval interval, Map<String, Histogram> histograms) {}

    void closeInterval(double endSeconds, long depthMax, boolean arrivalsOver) {
        boolean closes = arrivalsOver || books.close();
        GeneratorWatch.Reading reading = watch.read();
        SortedMap<String, Long> levels = gauges.get();
        Closed closed =
                statistics.closeInterval(
                        buffers,
                        books::flow,
                        snapshot -> {
                            Tally tally = snapshot.interval();
                            Account now = Books.account(snapshot.flow(), snapshot.run().total());
                            KindTally total = tally.total();
                            Interval interval =
                                    new Interval(
                                            lastSeconds,
                                            endSeconds,
                                            now.since(account),
                                            now,
                                            closes && now.residual() == 0,
                                            depthMax,
                                            total.stats("total"),
                                            tally.kindStats(),
                                            tally.queueWait.latency(),
                                            tally.poolWait.latency(),
                                            tally.generatorLag.latency(),
                                            disturbed(tally, lagLimit(snapshot.run().total())),
                                            reading.pauseMillisMax(),
                                            reading.cpuPercent(),
                                            levels);
                            return new Closed(interval, tally.histograms());
                        });
        account = closed.interval().account();
        booksClosed &= closed.interval().booksClosed();
        queueDepthMax = Math.max(queueDepthMax, depthMax);
        lastSeconds = endSeconds;
        noteMean(closed.interval());
        observer.interval(closed.interval(), closed.histograms());
    }

    /// A second in which nothing ended has no mean; it is not one of zero.
    private void noteMean(Interval interval) {
        Latency response = interval.total().response();
        if (response.count() > 0) {
            responseMeans.add(new MeanResponse(interval.startSeconds(), response.mean()));
        }
    }

    private static long disturbed(Tally tally, long limitNanos) {
        return tally.lagWithFreeWorker.countAbove(limitNanos);
    }

    private static long lagLimit(KindTally total) {
        double median = total.response.percentileMillis(50) * 1e6;
        return Math.max(LAG_LIMIT_NANOS_MIN, (long) (median * LAG_LIMIT_SHARE));
    }

    EngineResult result(double elapsedSeconds, FailureLog failures) {
        return statistics.read(run -> {
            KindTally total = run.total();
            long limit = lagLimit(total);
            return new EngineResult(
                    elapsedSeconds,
                    account,
                    booksClosed,
                    total.timeouts(),
                    total.stats("total"),
                    run.kindStats(),
                    run.queueWait.latency(),
                    run.poolWait.latency(),
                    run.generatorLag.latency(),
                    run.lagWithFreeWorker.latency(),
                    limit / 1e6,
                    disturbed(run, limit),
                    queueDepthMax,
                    failures.counts(),
                    responseMeans,
                    watch.totals(),
                    run.histograms());
        });
    }

    /// Replaces the levels of the account by what was counted one by one at the end, and proves
    /// once more that it closes, this time exactly.
    void closeBooks(long neverStarted, long unfinished) {
        boolean agrees = account.inQueue() == neverStarted && account.inFlight() == unfinished;
        booksClosed &= agrees && account.residual() == 0;
    }
}
