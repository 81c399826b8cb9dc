package io.floodmark.bench.query;

import io.floodmark.bench.stores.ClosedLoop;

/// The newest events of both tags, right after each other, and those of a tag that has none.
record HotRound(ClosedLoop.Measured hot, ClosedLoop.Measured cold, ClosedLoop.Measured none) {

    static final String HEADING = "hot tag p50 ms   p99 ms   cold p50 ms   p99 ms   ratio";

    /// All were read, and each result was whole.
    boolean valid() {
        return QueryRound.isWhole(hot) && QueryRound.isWhole(cold) && QueryRound.isWhole(none);
    }

    String line() {
        return "%14.3f  %7.3f  %12.3f  %7.3f  %6.2f%s"
                .formatted(
                        hot.millisAt(QueryRound.MEDIAN),
                        hot.millisAt(QueryRound.TAIL),
                        cold.millisAt(QueryRound.MEDIAN),
                        cold.millisAt(QueryRound.TAIL),
                        hot.millisAt(QueryRound.MEDIAN) / cold.millisAt(QueryRound.MEDIAN),
                        valid() ? "" : "  INVALID: a result was not whole");
    }
}
