package io.floodmark.load.engine;

import io.floodmark.load.certificate.GeneratorWatch;
import io.floodmark.load.record.Account;
import io.floodmark.load.record.FailureCount;
import io.floodmark.load.record.KindStats;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.TimeoutCounts;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What the engine measured, not yet judged.
///
/// @param elapsedSeconds how long arrivals came
/// @param account the final account
/// @param booksClosed whether it closed, at the end and in every interval
/// @param lagWithFreeWorker from due to taken, for arrivals that found a worker free
/// @param lagLimitMillis above which such a lag is a disturbance
/// @param disturbed how many were above
/// @param responseMeans mean response of each interval in which something ended, in their order
/// @param histograms the distributions of the whole run in nanoseconds, by name
public record EngineResult(
        double elapsedSeconds,
        Account account,
        boolean booksClosed,
        TimeoutCounts timeouts,
        KindStats total,
        List<KindStats> kinds,
        Latency queueWait,
        Latency poolWait,
        Latency generatorLag,
        Latency lagWithFreeWorker,
        double lagLimitMillis,
        long disturbed,
        long queueDepthMax,
        List<FailureCount> failures,
        List<MeanResponse> responseMeans,
        GeneratorWatch.Totals generator,
        Map<String, Histogram> histograms) {

    public EngineResult {
        kinds = List.copyOf(kinds);
        failures = List.copyOf(failures);
        responseMeans = List.copyOf(responseMeans);
        histograms = Map.copyOf(histograms);
    }
}
