package io.floodmark.bench.query;

import io.floodmark.bench.stores.ClosedLoop;

/// Both sides with one kind of query at one size, right after each other.
record QueryRound(Kind kind, long size, ClosedLoop.Measured ours, ClosedLoop.Measured theirs) {

    static final String HEADING =
            "  events  query        ours p50 ms   p99 ms   theirs p50 ms   p99 ms   ratio";

    static final double MEDIAN = 50;
    static final double TAIL = 99;

    /// Both read, and each result was whole.
    boolean valid() {
        return isWhole(ours) && isWhole(theirs);
    }

    static boolean isWhole(ClosedLoop.Measured measured) {
        return measured.succeeded() > 0 && measured.refused() == 0;
    }

    String line() {
        return "%,8d  %-10s  %12.3f  %7.3f  %14.3f  %7.3f  %6.2f%s"
                .formatted(
                        size,
                        kind.label(),
                        ours.millisAt(MEDIAN),
                        ours.millisAt(TAIL),
                        theirs.millisAt(MEDIAN),
                        theirs.millisAt(TAIL),
                        ours.millisAt(MEDIAN) / theirs.millisAt(MEDIAN),
                        valid() ? "" : "  INVALID: a result was not whole");
    }
}
