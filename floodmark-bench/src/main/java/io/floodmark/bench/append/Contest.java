package io.floodmark.bench.append;

import io.floodmark.bench.stores.Contender;
import io.floodmark.store.tck.history.Anomaly;
import io.floodmark.store.tck.history.HistoryReport;
import io.floodmark.store.tck.history.HistoryRunner;
import io.floodmark.store.tck.history.HistoryWorkload;

/// Writers that fight for a few boundaries, judged by the history checker.
///
/// @param attempts of each side
record Contest(long attempts) {

    private static final int WRITERS = 16;
    private static final int BOUNDARIES = 8;
    private static final double ON_ONE = 0.5;

    HistoryReport judge(Contender contender) throws InterruptedException {
        HistoryWorkload workload =
                HistoryWorkload.withFreshSeed()
                        .workers(WRITERS)
                        .boundaries(BOUNDARIES, ON_ONE)
                        .attempts(attempts)
                        .forms(
                                HistoryWorkload.Conditions.OWN_TAG,
                                HistoryWorkload.Mix.conditionalOnly());
        return HistoryRunner.run(workload, contender.target());
    }

    static double doubleWinners(HistoryReport report) {
        return report.count(Anomaly.DOUBLE_WINNER);
    }
}
