package io.floodmark.load.engine;

import io.floodmark.load.record.KindStats;
import io.floodmark.load.record.TimeoutCounts;

/// Counts and distributions of one kind of operation.
///
/// *Threads.* Guarded by the lock of the [Statistics].
final class KindTally {

    private final long[] outcomes = new long[Outcome.values().length];
    final CensoredHistogram response = new CensoredHistogram();
    final CensoredHistogram service = new CensoredHistogram();
    final CensoredHistogram waiting = new CensoredHistogram();

    void count(SampleBuffer.Sample sample) {
        outcomes[sample.outcome.code]++;
        switch (sample.outcome) {
            case DONE -> countDone(sample);
            case FAILED -> {}
            case CONFLICTED -> countConflicted(sample);
            case TIMED_OUT_IN_SERVICE -> {
                recordEnd(response, sample.end - sample.due, sample.bound);
                recordEnd(service, sample.end - sample.sent, sample.bound);
                waiting.record(sample.acquired - sample.released);
            }
            case UNFINISHED -> response.recordBound(sample.end - sample.due);
            case TIMED_OUT_IN_QUEUE, TIMED_OUT_IN_POOL, SKIPPED, NEVER_STARTED -> {
                response.recordBound(sample.end - sample.due);
                waiting.recordBound(sample.end - sample.released);
            }
        }
    }

    private void countDone(SampleBuffer.Sample sample) {
        response.record(sample.end - sample.due);
        service.record(sample.end - sample.sent);
        waiting.record(sample.acquired - sample.released);
    }

    /// What was to be done is not: had its client gone on, it would have taken at least so long.
    private void countConflicted(SampleBuffer.Sample sample) {
        response.recordBound(sample.end - sample.due);
        service.recordBound(sample.end - sample.sent);
        waiting.record(sample.acquired - sample.released);
    }

    private static void recordEnd(CensoredHistogram histogram, long nanos, boolean bound) {
        if (bound) {
            histogram.recordBound(nanos);
        } else {
            histogram.record(nanos);
        }
    }

    long count(Outcome outcome) {
        return outcomes[outcome.code];
    }

    TimeoutCounts timeouts() {
        return new TimeoutCounts(
                count(Outcome.TIMED_OUT_IN_QUEUE),
                count(Outcome.TIMED_OUT_IN_POOL),
                count(Outcome.TIMED_OUT_IN_SERVICE));
    }

    /// Operations that ended while the run lasted.
    long terminal() {
        long terminal = 0;
        for (Outcome outcome : Outcome.values()) {
            terminal += outcome.terminal() ? count(outcome) : 0;
        }
        return terminal;
    }

    void add(KindTally other) {
        for (int code = 0; code < outcomes.length; code++) {
            outcomes[code] += other.outcomes[code];
        }
        response.add(other.response);
        service.add(other.service);
        waiting.add(other.waiting);
    }

    void reset() {
        java.util.Arrays.fill(outcomes, 0);
        response.reset();
        service.reset();
        waiting.reset();
    }

    KindStats stats(String kind) {
        return new KindStats(
                kind,
                count(Outcome.DONE),
                count(Outcome.FAILED),
                count(Outcome.CONFLICTED),
                timeouts().total(),
                count(Outcome.SKIPPED),
                response.latency(),
                service.latency(),
                waiting.latency());
    }
}
