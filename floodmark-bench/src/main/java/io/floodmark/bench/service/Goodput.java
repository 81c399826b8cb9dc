package io.floodmark.bench.service;

import io.floodmark.load.engine.EngineObserver;
import io.floodmark.load.record.Account;
import io.floodmark.load.record.Interval;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Requests done over requests due in a drive, without its first second, in which connections open,
/// and without its end, which waits for what is under way. *Threads:* the engine's collector
/// writes; read after the drive.
final class Goodput implements EngineObserver {
    private final double untilSeconds;
    private Account first = Account.EMPTY;
    private Account last = Account.EMPTY;

    Goodput(Duration length) {
        this.untilSeconds = length.toNanos() / 1e9;
    }

    @Override
    public void interval(Interval interval, Map<String, Histogram> histograms) {
        if (first.due() == 0) {
            first = interval.account();
        }
        if (interval.endSeconds() < untilSeconds) {
            last = interval.account();
        }
    }

    /// 1 when the service followed; 0 when the drive was too short to tell.
    double ratio() {
        Account within = last.since(first);
        return within.due() <= 0 ? 0 : (double) within.done() / within.due();
    }
}
