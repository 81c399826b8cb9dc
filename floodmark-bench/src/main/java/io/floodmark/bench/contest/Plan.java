package io.floodmark.bench.contest;

import io.floodmark.store.tck.history.HistoryWorkload;
import java.time.Duration;

/// What a campaign is to do.
///
/// @param contested conditional attempts to make
/// @param timeMax after which no further round begins
/// @param harmEvery mean time between two harms
/// @param seed draws the workload and the harm
record Plan(
        Side side,
        int processes,
        int writers,
        long contested,
        Duration timeMax,
        Duration harmEvery,
        long seed) {

    private static final int BOUNDARIES = 16;
    private static final double ON_ONE = 0.5;
    private static final double UNCONDITIONAL = 0.1;
    private static final int ROUND_ATTEMPTS_MAX = 100_000;
    private static final int ROUNDS_MIN = 4;

    private static final HistoryWorkload.Mix EVERYTHING =
            new HistoryWorkload.Mix(UNCONDITIONAL, 0.03, 0.01, 0.01, 0.2, 0.3, 0.5);

    /// The peer is only right in what it is asked if `after` is the last match.
    HistoryWorkload workload() {
        HistoryWorkload workload =
                HistoryWorkload.of(seed)
                        .workers(writers)
                        .boundaries(BOUNDARIES, ON_ONE)
                        .limits(limits());
        return switch (side) {
            case EVENT_STORE ->
                    workload.attempts(withOthers())
                            .forms(HistoryWorkload.Conditions.EVERY_SHAPE, EVERYTHING);
            case SINGLE_STATEMENT ->
                    workload.attempts(contested)
                            .forms(
                                    HistoryWorkload.Conditions.OWN_TAG,
                                    HistoryWorkload.Mix.conditionalOnly());
        };
    }

    /// Enough that the contested ones are among them: the campaign ends when they are made.
    private long withOthers() {
        return (long) (contested / (1 - UNCONDITIONAL) * 1.2) + ROUND_ATTEMPTS_MAX;
    }

    private HistoryWorkload.Limits limits() {
        long round = Math.clamp(contested / ROUNDS_MIN, writers, ROUND_ATTEMPTS_MAX);
        return new HistoryWorkload.Limits(
                Duration.ofSeconds(30), (int) round, Duration.ofMinutes(10));
    }
}
