package io.floodmark.bench.stores;

import io.floodmark.local.LocalPostgres;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// The event store. A caller's `after` is the newest position that it could know: what a decision
/// read has.
public final class GroupCommit implements Contender {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int FILL_BATCH = 1_000;

    private final PostgresEventStore store;
    private final AtomicLong head;

    private GroupCommit(PostgresEventStore store) {
        this.store = store;
        this.head = new AtomicLong(store.head(new Consistency.Strong()).value());
    }

    /// A store in schema `schema`, filled with `size` events.
    public static GroupCommit filled(
            LocalPostgres server, String schema, long size, LongFunction<Event> events) {
        StoreSettings settings = StoreSettings.defaults().with(new StoreNames(schema, ""));
        PostgresEventStore store =
                PostgresEventStore.connect(
                        StoreConnection.of(server.url(), server.user(), server.password()),
                        settings);
        for (long from = 0; from < size; from += FILL_BATCH) {
            List<Event> batch = new ArrayList<>();
            for (long n = from; n < Math.min(size, from + FILL_BATCH); n++) {
                batch.add(events.apply(n));
            }
            store.append(batch, AppendCondition.none(), TIMEOUT);
        }
        return new GroupCommit(store);
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
