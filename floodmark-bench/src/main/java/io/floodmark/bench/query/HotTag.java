package io.floodmark.bench.query;

import io.floodmark.bench.stores.ClosedLoop;
import io.floodmark.bench.stores.Database;
import io.floodmark.bench.stores.GroupCommit;
import io.floodmark.bench.stores.Lending;
import io.floodmark.store.Event;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.Tag;
import java.util.concurrent.atomic.AtomicLong;

/// A store of which every event has the hot tag, and only the newest thousand the cold one. After
/// the head of a thousand events ago both tags have the same events; what differs is how many they
/// have before.
record HotTag(Lending lending, GroupCommit store) implements AutoCloseable {

    /// Events that a decision reads.
    static final int NEWEST = 1_000;

    private static final Tag HOT = Tag.of("library", "main");
    private static final Tag COLD = Tag.of("campaign", "new");
    private static final Tag NONE = Tag.of("campaign", "never");

    static HotTag of(Database database, long size) throws Exception {
        var lending = new Lending(size);
        String schema = "bench_hot_" + size;
        GroupCommit store =
                GroupCommit.filled(database, schema, size, number -> event(lending, number));
        database.vacuum(schema + ".events", schema + ".event_tag");
        return new HotTag(lending, store);
    }

    private static Event event(Lending lending, long number) {
        Tag book = lending.book(number);
        return number < lending.size() - NEWEST
                ? lending.event(number, book, HOT)
                : lending.event(number, book, HOT, COLD);
    }

    /// Measures both tags, beginning with the one or the other in turns, then one without events.
    HotRound round(int number, ClosedLoop loop) throws Exception {
        if (number % 2 == 0) {
            ClosedLoop.Measured cold = measure(COLD, NEWEST, loop);
            return new HotRound(measure(HOT, NEWEST, loop), cold, measure(NONE, 0, loop));
        }
        ClosedLoop.Measured hot = measure(HOT, NEWEST, loop);
        return new HotRound(hot, measure(COLD, NEWEST, loop), measure(NONE, 0, loop));
    }

    private ClosedLoop.Measured measure(Tag tag, int expected, ClosedLoop loop) throws Exception {
        ReadRequest request =
                Query.matching().tags(tag).build().after(Position.of(lending.size() - NEWEST));
        return loop.measure(new AtomicLong(), _ -> store.read(request) == expected);
    }

    @Override
    public void close() {
        store.close();
    }
}
