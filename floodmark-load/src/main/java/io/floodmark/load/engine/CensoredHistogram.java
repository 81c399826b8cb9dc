package io.floodmark.load.engine;

import io.floodmark.load.record.Latency;
import io.floodmark.load.record.Percentile;
import org.HdrHistogram.Histogram;

/// A latency distribution in which some values are only lower bounds (right-censored observations).
///
/// A percentile is computed with every bound taken as the value. The true percentile can only be
/// higher; it is the same when it stays in place with every bound moved to infinity, else it is
/// marked as a lower bound.
///
/// *Threads.* Confined, or guarded by its owner's lock.
public final class CensoredHistogram {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    /// Up to here no recording has to grow the histogram.
    private static final long EXPECTED_NANOS_MAX = 60_000_000_000L;

    private final Histogram exact = roomy();
    private final Histogram bounds = new Histogram(SIGNIFICANT_DIGITS);

    private static Histogram roomy() {
        Histogram histogram = new Histogram(1, EXPECTED_NANOS_MAX, SIGNIFICANT_DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    void record(long nanos) {
        exact.recordValue(Math.max(0, nanos));
    }

    void recordBound(long nanos) {
        bounds.recordValue(Math.max(0, nanos));
    }

    void add(CensoredHistogram other) {
        addUnlessEmpty(exact, other.exact);
        addUnlessEmpty(bounds, other.bounds);
    }

    void reset() {
        exact.reset();
        bounds.reset();
    }

    long count() {
        return exact.getTotalCount() + bounds.getTotalCount();
    }

    /// How many values are above `nanos`.
    long countAbove(long nanos) {
        if (exact.getTotalCount() == 0 || exact.getMaxValue() <= nanos) {
            return 0;
        }
        return exact.getCountBetweenValues(
                exact.nextNonEquivalentValue(nanos), exact.getMaxValue());
    }

    double percentileMillis(double percentile) {
        return all().getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    /// A copy in nanoseconds in which bounds stand as values.
    public Histogram all() {
        Histogram all = exact.copy();
        addUnlessEmpty(all, bounds);
        return all;
    }

    public Latency latency() {
        Histogram all = all();
        if (all.getTotalCount() == 0) {
            return Latency.NONE;
        }
        return new Latency(
                all.getTotalCount(),
                bounds.getTotalCount(),
                all.getMean() / NANOS_PER_MILLI,
                percentile(all, 50),
                percentile(all, 90),
                percentile(all, 95),
                percentile(all, 99),
                percentile(all, 99.9),
                new Percentile(all.getMaxValue() / NANOS_PER_MILLI, bounds.getTotalCount() > 0));
    }

    private Percentile percentile(Histogram all, double percent) {
        long value = all.getValueAtPercentile(percent);
        return new Percentile(value / NANOS_PER_MILLI, couldBeHigher(all, percent, value));
    }

    private boolean couldBeHigher(Histogram all, double percent, long value) {
        if (bounds.getTotalCount() == 0) {
            return false;
        }
        double rank = Math.ceil(percent / 100 * all.getTotalCount());
        if (rank > exact.getTotalCount()) {
            return true;
        }
        long withBoundsAtInfinity = exact.getValueAtPercentile(100 * rank / exact.getTotalCount());
        return withBoundsAtInfinity > value
                && !all.valuesAreEquivalent(withBoundsAtInfinity, value);
    }

    private static void addUnlessEmpty(Histogram to, Histogram from) {
        if (from.getTotalCount() > 0) {
            to.add(from);
        }
    }
}
