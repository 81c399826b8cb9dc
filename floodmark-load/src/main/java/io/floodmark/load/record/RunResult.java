package io.floodmark.load.record;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// The whole outcome of a run.
///
/// @param info what was asked
/// @param elapsedSeconds from the first due moment to the end of arrivals
/// @param account the final account; `inQueue` = never started, `inFlight` = unfinished
/// @param booksClosed whether the account closed at the end and in every interval
/// @param timeouts where operations timed out
/// @param total all kinds together
/// @param kinds each kind
/// @param queueWait waiting for a worker
/// @param poolWait waiting for a connection
/// @param generatorLag released minus due
/// @param queueDepthMax the deepest queue
/// @param failures failures by kind, most frequent first
/// @param bytesWritten payload bytes of acknowledged writes
/// @param counts the workload's own counts over the run, by name (`conflicts_retried`)
/// @param steadyFromSeconds where the response time's warm-up ended by the MSER-5 rule; empty when
///   the run was too short or never became steady
/// @param certificate the generator's testimony
/// @param thresholds the objectives and how they fared
/// @param writeCheck the check of acknowledged writes, where the workload writes
/// @param verdict how it ended
/// @param reasons why the verdict is not a pass, each a sentence with its numbers
public record RunResult(
        RunInfo info,
        double elapsedSeconds,
        Account account,
        boolean booksClosed,
        TimeoutCounts timeouts,
        KindStats total,
        List<KindStats> kinds,
        Latency queueWait,
        Latency poolWait,
        Latency generatorLag,
        long queueDepthMax,
        List<FailureCount> failures,
        long bytesWritten,
        SortedMap<String, Long> counts,
        OptionalDouble steadyFromSeconds,
        Certificate certificate,
        List<ThresholdResult> thresholds,
        Optional<WriteCheck> writeCheck,
        Verdict verdict,
        List<String> reasons) {

    public RunResult {
        kinds = List.copyOf(kinds);
        failures = List.copyOf(failures);
        counts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        thresholds = List.copyOf(thresholds);
        reasons = List.copyOf(reasons);
    }

    /// The same measurements with a judgement.
    public RunResult judged(
            List<ThresholdResult> judgedThresholds, Verdict judgedVerdict, List<String> why) {
        return new RunResult(
                info,
                elapsedSeconds,
                account,
                booksClosed,
                timeouts,
                total,
                kinds,
                queueWait,
                poolWait,
                generatorLag,
                queueDepthMax,
                failures,
                bytesWritten,
                counts,
                steadyFromSeconds,
                certificate,
                judgedThresholds,
                writeCheck,
                judgedVerdict,
                why);
    }
}
