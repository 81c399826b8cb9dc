package io.floodmark.console.terminal;

import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.Verdict;

/// The sentences about a run that more than one view says.
final class RunWords {

    private RunWords() {}

    static String verdict(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "PASS";
            case ABORTED -> "ABORTED";
            case SLO_MISSED -> "SLO MISSED";
            case INVALID -> "INVALID";
            case INTERRUPTED -> "INTERRUPTED";
        };
    }

    /// Arrival, workers, queue and deadline: `poisson, 300/s · 50 workers · queue 100 (reject)`.
    static String shape(RunInfo info) {
        String deadline =
                info.deadline().isZero()
                        ? "no deadline"
                        : "deadline " + Figures.duration(info.deadline());
        return Figures.printable(info.arrival())
                + (info.closedLoop() && !info.arrival().contains("closed") ? " (closed loop)" : "")
                + Figures.format(" · %d workers", info.workers())
                + (info.closedLoop() ? "" : queue(info))
                + " · "
                + deadline;
    }

    private static String queue(RunInfo info) {
        return Figures.format(" · queue %d (%s)", info.queueCapacity(), info.queuePolicy());
    }
}
