package io.floodmark.bench.service;

import io.floodmark.load.engine.EngineObserver;
import io.floodmark.load.record.Interval;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Response times from due in a drive, without its first seconds, in which connections open and the
/// server finds its place again. *Threads:* the engine's collector writes; read after the drive.
final class SteadyLatency implements EngineObserver {
    /// What is left out.
    static final Duration LEAD_IN = Duration.ofSeconds(2);

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DIGITS = 3;

    private final Histogram responses = new Histogram(DIGITS);

    @Override
    public void interval(Interval interval, Map<String, Histogram> histograms) {
        if (interval.startSeconds() >= LEAD_IN.toSeconds() - 0.5) {
            responses.add(histograms.getOrDefault("response", new Histogram(DIGITS)));
        }
    }

    /// The percentile in milliseconds; 100 is the greatest.
    double millis(double percentile) {
        return responses.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
