package io.floodmark.load.engine;

import io.floodmark.load.record.Interval;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Takes each interval of a running engine, with its distributions.
///
/// *Threads.* Called by the collector, never by a worker.
@FunctionalInterface
public interface EngineObserver {

    /// Takes the interval that has just closed.
    ///
    /// @param histograms the interval's distributions in nanoseconds by name (`response`,
    ///   `service`, `wait`, `lag`, `response_<kind>`), the observer's to keep
    void interval(Interval interval, Map<String, Histogram> histograms);
}
