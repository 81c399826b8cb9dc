package io.floodmark.bench.append;

import io.floodmark.bench.stores.ClosedLoop;
import io.floodmark.bench.stores.Contender;
import io.floodmark.bench.stores.Database;
import io.floodmark.bench.stores.GroupCommit;
import io.floodmark.bench.stores.Lending;
import io.floodmark.bench.stores.SingleStatement;
import io.floodmark.store.Tag;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Both stores at one size on one server.
///
/// *Threads.* One measures; its callers append.
final class AppendArena implements AutoCloseable {

    private final Database database;
    private final Lending lending;
    private final AtomicLong numbers;
    private final GroupCommit ours;
    private final SingleStatement theirs;

    private AppendArena(
            Database database, Lending lending, GroupCommit ours, SingleStatement theirs) {
        this.database = database;
        this.lending = lending;
        this.ours = ours;
        this.theirs = theirs;
        this.numbers = new AtomicLong(ours.events());
    }

    /// Fills both stores and lets the server take stock of them.
    static AppendArena of(Database database, long size, int callersMax) throws Exception {
        var lending = new Lending(size);
        GroupCommit ours = GroupCommit.filled(database, "bench_" + size, size, lending::event);
        SingleStatement theirs =
                SingleStatement.filled(database, "bench_theirs_" + size, lending, callersMax);
        database.vacuum("bench_" + size + ".events", "bench_" + size + ".event_tag");
        database.vacuum("bench_theirs_" + size);
        return new AppendArena(database, lending, ours, theirs);
    }

    /// Ours, then theirs.
    List<Contender> contenders() {
        return List.of(ours, theirs);
    }

    /// Measures ours alone.
    ClosedLoop.Measured ours(ClosedLoop loop) throws Exception {
        return measure(ours, loop).measured();
    }

    /// Measures both, beginning with the one or the other in turns.
    AppendRound round(int number, Cell cell, ClosedLoop loop) throws Exception {
        if (number % 2 == 0) {
            Side their = measure(theirs, loop);
            return round(cell, measure(ours, loop), their);
        }
        Side our = measure(ours, loop);
        return round(cell, our, measure(theirs, loop));
    }

    private record Side(ClosedLoop.Measured measured, Wal walEach) {}

    private static AppendRound round(Cell cell, Side ours, Side theirs) {
        return new AppendRound(
                cell, ours.measured(), theirs.measured(), ours.walEach(), theirs.walEach());
    }

    private Side measure(Contender contender, ClosedLoop loop) throws Exception {
        database.execute("CHECKPOINT");
        Wal.Mark before = Wal.Mark.in(database);
        ClosedLoop.Measured measured =
                loop.measure(numbers, number -> decideAndAppend(contender, number));
        return new Side(measured, before.since(database).each(measured.succeeded()));
    }

    /// A decision on a book and a reader that have events, but hardly ever one in common.
    private boolean decideAndAppend(Contender contender, long number) {
        Tag book = lending.anyBook(number);
        Tag reader = lending.anyReader(number);
        return contender.append(
                lending.event(number, book, reader), lending.decision(book, reader));
    }

    @Override
    public void close() {
        ours.close();
        theirs.close();
    }
}
