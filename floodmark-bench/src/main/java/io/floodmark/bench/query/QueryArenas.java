package io.floodmark.bench.query;

import io.floodmark.bench.stores.ClosedLoop;
import io.floodmark.bench.stores.Database;
import java.util.ArrayList;
import java.util.List;

/// The stores of all sizes, open together, so that one round has all sizes.
final class QueryArenas implements AutoCloseable {

    private final List<QueryArena> arenas = new ArrayList<>();

    void add(Database database, long size) throws Exception {
        arenas.add(QueryArena.of(database, size));
    }

    List<QueryRound> round(int number, ClosedLoop loop) throws Exception {
        List<QueryRound> rounds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (QueryArena arena : arenas) {
                rounds.add(arena.round(number, kind, loop));
            }
        }
        return rounds;
    }

    @Override
    public void close() {
        arenas.forEach(QueryArena::close);
    }
}
