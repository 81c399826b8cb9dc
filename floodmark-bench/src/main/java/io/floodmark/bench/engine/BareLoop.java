package io.floodmark.bench.engine;

import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// The floor of a closed loop that measures: read the clock, read it again, record the difference.
final class BareLoop {

    private static final int SIGNIFICANT_DIGITS = 3;

    private BareLoop() {}

    /// Iterations per second over `length`.
    static double perSecond(TimeSource time, Duration length) {
        Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
        long start = time.nanos();
        long end = start + length.toNanos();
        long after = start;
        while (after < end) {
            long before = time.nanos();
            after = time.nanos();
            histogram.recordValue(after - before);
        }
        return histogram.getTotalCount() * 1e9 / (after - start);
    }
}
