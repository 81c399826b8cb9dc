package io.floodmark.console.terminal;

import io.floodmark.load.record.Account;
import io.floodmark.load.record.Interval;
import io.floodmark.load.record.Percentile;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.RunObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// A run as one plain line a second, for logs and pipes.
///
/// A line is a fixed sequence of words and numbers, latencies in milliseconds, counts those of the
/// interval. A closed loop offers no rate, so its lines name only what was achieved. Notices are
/// lines of their own. A stream that cannot be written ends in [UncheckedIOException].
public final class PlainView implements RunObserver {

    private static final double TOLERANCE_SECONDS = 0.5;

    private final Appendable out;
    private final double everySeconds;
    private double nextSeconds;
    private boolean closedLoop;

    /// A line for every interval that ends `every` or more after the last one told.
    public PlainView(Appendable out, Duration every) {
        this.out = out;
        this.everySeconds = every.toMillis() / 1e3;
    }

    @Override
    public void started(RunInfo info) {
        closedLoop = info.closedLoop();
        print(
                Figures.format(
                        "run %s: %s on %s, %s for %s, seed %d",
                        info.id(),
                        info.workload(),
                        info.target(),
                        RunWords.shape(info).replace(" · ", ", "),
                        Figures.duration(info.duration()),
                        info.seed()));
    }

    @Override
    public void interval(Interval interval) {
        if (interval.endSeconds() + TOLERANCE_SECONDS >= nextSeconds) {
            nextSeconds = Math.floor(interval.endSeconds() + TOLERANCE_SECONDS) + everySeconds;
            print(line(interval, closedLoop));
        }
    }

    @Override
    public void notice(String sentence) {
        print("notice: " + sentence);
    }

    /// The line of one interval, without its line end.
    static String line(Interval interval, boolean closedLoop) {
        return String.join(
                " | ",
                account(interval),
                rate(interval, closedLoop),
                latency(interval),
                pool(interval),
                generator(interval));
    }

    private static String account(Interval interval) {
        Account delta = interval.delta();
        String books =
                interval.booksClosed()
                        ? ""
                        : Figures.format(" BOOKS OPEN by %d", interval.account().residual());
        return Figures.format(
                        "%.0fs due %d done %d fail %d conflict %d timeout %d skip %d reject %d",
                        interval.endSeconds(),
                        delta.due(),
                        delta.done(),
                        delta.failed(),
                        delta.conflicted(),
                        delta.timedOut(),
                        delta.skipped(),
                        delta.rejected())
                + Figures.format(" queue %d flight %d", delta.inQueue(), delta.inFlight())
                + books;
    }

    private static String rate(Interval interval, boolean closedLoop) {
        return closedLoop
                ? Figures.format("%.0f per s (closed loop)", interval.achievedPerSecond())
                : Figures.format(
                        "%.0f/%.0f per s",
                        interval.achievedPerSecond(), interval.offeredPerSecond());
    }

    private static String latency(Interval interval) {
        var response = interval.total().response();
        if (response.count() == 0) {
            return "resp none";
        }
        return Figures.format(
                "resp p50 %s p99 %s max %s ms = lag %s + wait %s + service %s (p99 each)",
                millis(response.p50()),
                millis(response.p99()),
                millis(response.max()),
                millis(interval.generatorLag().p99()),
                millis(interval.total().waiting().p99()),
                millis(interval.total().service().p99()));
    }

    private static String millis(Percentile percentile) {
        return Figures.format("%s%.1f", percentile.lowerBound() ? "≥" : "", percentile.millis());
    }

    private static String pool(Interval interval) {
        Long active = interval.gauges().get("pool_active");
        Long open = interval.gauges().get("pool_open");
        return active == null || open == null ? "pool -" : "pool " + active + "/" + open;
    }

    private static String generator(Interval interval) {
        String health =
                interval.disturbed() == 0
                        ? "ok"
                        : Figures.format(
                                "late %d pause %.1f ms",
                                interval.disturbed(), interval.pauseMillisMax());
        return interval.cpuPercent().isEmpty()
                ? "gen " + health + " cpu -"
                : Figures.format("gen %s cpu %.0f%%", health, interval.cpuPercent().getAsDouble());
    }

    private void print(String line) {
        try {
            out.append(Figures.printable(line) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write progress: " + e.getMessage(), e);
        }
    }
}
