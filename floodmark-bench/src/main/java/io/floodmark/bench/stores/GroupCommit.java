package io.floodmark.bench.stores;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.postgres.PostgresEventStore;
import io.floodmark.store.postgres.StoreConnection;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.tck.history.HistoryTarget;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/// The event store. A caller's `after` is the newest position that it could know: what a decision
/// read has.
public final class GroupCommit implements Contender {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int FILL_BATCH = 1_000;
    private static final int FILLERS = 3;

    /// The newest events, whose positions are in the order of their numbers.
    static final int LAST = 1_000;

    private final PostgresEventStore store;
    private final AtomicLong head;

    private GroupCommit(PostgresEventStore store) {
        this.store = store;
        this.head = new AtomicLong(store.head(new Consistency.Strong()).value());
    }

    /// A store in schema `schema` with at least `size` events, filled if they are not there yet.
    public static GroupCommit filled(
            Database database, String schema, long size, LongFunction<Event> events)
            throws Exception {
        StoreSettings settings = StoreSettings.defaults().with(new StoreNames(schema, ""));
        PostgresEventStore store =
                PostgresEventStore.connect(
                        StoreConnection.of(database.url(), database.user(), database.password()),
                        settings);
        var ours = new GroupCommit(store);
        ours.fill(size - LAST, FILLERS, events);
        ours.fill(size, 1, events);
        return ours;
    }

    /// By more than one thread in order of their numbers but for neighbouring batches: encoding one
    /// goes on while another is written.
    private void fill(long size, int fillers, LongFunction<Event> events) throws Exception {
        var next = new AtomicLong(head.get());
        Callable<Boolean> filler =
                () -> {
                    for (long from = next.getAndAdd(FILL_BATCH);
                            from < size;
                            from = next.getAndAdd(FILL_BATCH)) {
                        long end = Math.min(size, from + FILL_BATCH);
                        List<Event> batch = LongStream.range(from, end).mapToObj(events).toList();
                        store.append(batch, AppendCondition.none(), TIMEOUT);
                    }
                    return true;
                };
        try (ExecutorService threads = Executors.newFixedThreadPool(fillers)) {
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(fillers, filler))) {
                done.get();
            }
        }
        head.set(store.head(new Consistency.Strong()).value());
    }

    /// The newest position.
    public long events() {
        return head.get();
    }

    @Override
    public boolean append(Event event, Query failIfMatch) {
        var condition = AppendCondition.failIfMatch(failIfMatch, new Position(head.get()));
        return switch (store.append(List.of(event), condition, TIMEOUT)) {
            case AppendResult.Appended(Position _, Position last) -> {
                head.accumulateAndGet(last.value(), Math::max);
                yield true;
            }
            case AppendResult.Conflict _, AppendResult.NothingToAppend _ -> false;
        };
    }

    @Override
    public int read(Query query) {
        return read(query.everything());
    }

    /// Reads all events of the request.
    ///
    /// @return how many
    public int read(ReadRequest request) {
        return store.read(request.strong(), TIMEOUT).toList(READ_MAX).size();
    }

    @Override
    public HistoryTarget target() {
        return HistoryTarget.of(store);
    }

    @Override
    public void close() {
        store.close();
    }
}
