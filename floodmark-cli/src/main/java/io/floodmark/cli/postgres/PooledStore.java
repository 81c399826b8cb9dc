package io.floodmark.cli.postgres;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.Snapshots;
import io.floodmark.store.Subscriptions;
import java.time.Duration;
import java.util.List;

/// A store that takes its connection pools along when it is closed.
///
/// @param pools closes them
record PooledStore(EventStore store, Runnable pools) implements EventStore {

    @Override
    public AppendResult append(List<Event> events, AppendCondition condition, Duration timeout) {
        return store.append(events, condition, timeout);
    }

    @Override
    public EventStream read(ReadRequest request, Duration timeout) {
        return store.read(request, timeout);
    }

    @Override
    public Position head(Consistency consistency) {
        return store.head(consistency);
    }

    @Override
    public Snapshots snapshots() {
        return store.snapshots();
    }

    @Override
    public Subscriptions subscriptions() {
        return store.subscriptions();
    }

    @Override
    public void close() {
        try {
            store.close();
        } finally {
            pools.run();
        }
    }
}
