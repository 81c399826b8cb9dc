package io.floodmark.bench.query;

import io.floodmark.bench.stores.ClosedLoop;
import io.floodmark.bench.stores.Contender;
import io.floodmark.bench.stores.Database;
import io.floodmark.bench.stores.GroupCommit;
import io.floodmark.bench.stores.Lending;
import io.floodmark.bench.stores.SingleStatement;
import java.util.concurrent.atomic.AtomicLong;

/// Both stores at one size on one server, read by one caller.
record QueryArena(Lending lending, GroupCommit ours, SingleStatement theirs)
        implements AutoCloseable {

    /// Odd, so that neighbours in time are not neighbours in the store.
    private static final long STEP = 31;

    /// Different queries: few enough that the warm-up asks them all, so that every round finds the
    /// same pages in memory.
    private static final long DISTINCT = 1_000;

    static QueryArena of(Database database, long size) throws Exception {
        var lending = new Lending(size);
        GroupCommit ours = GroupCommit.filled(database, "bench_" + size, size, lending::event);
        SingleStatement theirs =
                SingleStatement.filled(database, "bench_theirs_" + size, lending, 1);
        database.vacuum("bench_" + size + ".events", "bench_" + size + ".event_tag");
        database.vacuum("bench_theirs_" + size);
        return new QueryArena(lending, ours, theirs);
    }

    /// Measures both, beginning with the one or the other in turns, on the same queries.
    QueryRound round(int number, Kind kind, ClosedLoop loop) throws Exception {
        if (number % 2 == 0) {
            ClosedLoop.Measured their = measure(theirs, kind, loop);
            return new QueryRound(kind, lending.size(), measure(ours, kind, loop), their);
        }
        ClosedLoop.Measured our = measure(ours, kind, loop);
        return new QueryRound(kind, lending.size(), our, measure(theirs, kind, loop));
    }

    private ClosedLoop.Measured measure(Contender contender, Kind kind, ClosedLoop loop)
            throws Exception {
        return loop.measure(
                new AtomicLong(),
                number -> isWhole(contender.read(kind.query(lending, number % DISTINCT * STEP))));
    }

    private static boolean isWhole(int found) {
        return found == Lending.EVENTS_PER_TAG || found == Lending.EVENTS_PER_TAG + 1;
    }

    @Override
    public void close() {
        ours.close();
        theirs.close();
    }
}
