package io.floodmark.bench.append;

import io.floodmark.bench.stores.ClosedLoop;
import io.floodmark.bench.stores.Contender;
import io.floodmark.bench.stores.GroupCommit;
import io.floodmark.bench.stores.Lending;
import io.floodmark.bench.stores.Servers;
import io.floodmark.bench.stores.SingleStatement;
import io.floodmark.local.LocalPostgres;
import io.floodmark.store.Tag;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Both stores at one size on one server.
///
/// *Threads.* One measures; its callers append.
final class AppendArena implements AutoCloseable {

    private final LocalPostgres server;
    private final Lending lending;
    private final AtomicLong numbers;
    private final GroupCommit ours;
    private final SingleStatement theirs;

    private AppendArena(
            LocalPostgres server, Lending lending, GroupCommit ours, SingleStatement theirs) {
        this.server = server;
        this.lending = lending;
        this.ours = ours;
        this.theirs = theirs;
        this.numbers = new AtomicLong(lending.size());
    }

    /// Fills both stores and lets the server take stock of them.
    static AppendArena of(LocalPostgres server, long size, int callersMax) throws SQLException {
        var lending = new Lending(size);
        GroupCommit ours = GroupCommit.filled(server, "bench_" + size, size, lending::event);
        SingleStatement theirs =
                SingleStatement.filled(server, "bench_theirs_" + size, lending, callersMax);
        Servers.execute(server, "VACUUM ANALYZE");
        return new AppendArena(server, lending, ours, theirs);
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

    private record Side(ClosedLoop.Measured measured, double walBytesEach) {}

    private static AppendRound round(Cell cell, Side ours, Side theirs) {
        return new AppendRound(
                cell,
                ours.measured(),
                theirs.measured(),
                ours.walBytesEach(),
                theirs.walBytesEach());
    }

    private Side measure(Contender contender, ClosedLoop loop) throws Exception {
        Servers.execute(server, "CHECKPOINT");
        long before = walPosition();
        ClosedLoop.Measured measured =
                loop.measure(numbers, number -> decideAndAppend(contender, number));
        double wal = walPosition() - before;
        return new Side(measured, wal / Math.max(1, measured.succeeded()));
    }

    /// A decision on a book and a reader that have events, but hardly ever one in common.
    private boolean decideAndAppend(Contender contender, long number) {
        Tag book = lending.book(number * 31);
        Tag reader = lending.reader(number * 17 + 5);
        return contender.append(
                lending.event(number, book, reader), lending.decision(book, reader));
    }

    private long walPosition() throws SQLException {
        try (Connection connection = Servers.open(server);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        ours.close();
        theirs.close();
    }
}
