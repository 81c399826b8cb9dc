package io.floodmark.load.run;

import io.floodmark.load.record.Interval;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Somebody who wants whole distributions, not only their percentiles. Values are nanoseconds, by
/// name: `response`, `service`, `wait`, `lag`, `response_<kind>`.
///
/// *Threads.* As [io.floodmark.load.record.RunObserver].
public interface DistributionObserver {

    /// The distributions of one interval.
    default void interval(Interval interval, Map<String, Histogram> histograms) {}

    /// The distributions of the whole run.
    default void run(Map<String, Histogram> histograms) {}
}
