package io.floodmark.bench.append;

import io.floodmark.bench.stores.ClosedLoop;

/// Both sides in one cell, right after each other.
///
/// @param wal of the whole server for each of our appends
record AppendRound(
        Cell cell, ClosedLoop.Measured ours, ClosedLoop.Measured theirs, Wal wal, Wal theirWal) {

    static final String HEADING =
            "  events  callers   ours/s    p50 ms   p99 ms  theirs/s    p50 ms   p99 ms   ratio  WAL B ours/theirs";

    private static final double REFUSED_SHARE_MAX = 0.05;
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;

    double ratio() {
        return ours.perSecond() / theirs.perSecond();
    }

    double medianMillis() {
        return ours.millisAt(MEDIAN);
    }

    double tailMillis() {
        return ours.millisAt(TAIL);
    }

    /// Both did something, and hardly anything was refused: the decisions do not touch.
    boolean valid() {
        return mostlyAppended(ours) && mostlyAppended(theirs);
    }

    private static boolean mostlyAppended(ClosedLoop.Measured measured) {
        return measured.succeeded() > 0
                && measured.refused() <= REFUSED_SHARE_MAX * measured.succeeded();
    }

    String line() {
        return "%,8d  %7d  %,7.0f  %8.2f  %7.2f  %,8.0f  %8.2f  %7.2f  %6.1f  %,.0f / %,.0f%s"
                .formatted(
                        cell.size(),
                        cell.callers(),
                        ours.perSecond(),
                        medianMillis(),
                        tailMillis(),
                        theirs.perSecond(),
                        theirs.millisAt(MEDIAN),
                        theirs.millisAt(TAIL),
                        ratio(),
                        wal.records(),
                        theirWal.records(),
                        valid() ? "" : "  INVALID: too many appends were refused");
    }
}
