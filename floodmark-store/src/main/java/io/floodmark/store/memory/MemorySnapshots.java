package io.floodmark.store.memory;

import io.floodmark.store.Consistency;
import io.floodmark.store.QueryHash;
import io.floodmark.store.SaveResult;
import io.floodmark.store.Snapshot;
import io.floodmark.store.Snapshots;
import io.floodmark.store.StoreOverloaded;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Snapshots in a map.
final class MemorySnapshots implements Snapshots {

    private static final int MAX_SNAPSHOTS = 100_000;

    private record Key(String projection, QueryHash query) {
        Key {
            Snapshot.checkProjection(projection);
        }
    }

    private final Calls calls;
    private final Map<Key, Snapshot> latest = new HashMap<>();

    MemorySnapshots(Calls calls) {
        this.calls = calls;
    }

    @Override
    public SaveResult save(Snapshot snapshot, Duration timeout) {
        var key = new Key(snapshot.projection(), snapshot.query());
        return calls.lock().alone(calls.deadline("save", timeout), () -> save(key, snapshot));
    }

    private SaveResult save(Key key, Snapshot snapshot) {
        @Nullable Snapshot stored = latest.get(key);
        if (stored != null && stored.position().isAfter(snapshot.position())) {
            return new SaveResult.Superseded(stored.position());
        }
        if (stored == null && latest.size() == MAX_SNAPSHOTS) {
            throw new StoreOverloaded(
                    "The store in memory has %d snapshots, which is the limit; delete some"
                            .formatted(MAX_SNAPSHOTS));
        }
        latest.put(key, snapshot);
        return new SaveResult.Saved();
    }

    @Override
    public Optional<Snapshot> load(
            String projection, QueryHash query, Consistency consistency, Duration timeout) {
        var key = new Key(projection, query);
        return calls.whenSeen(
                consistency,
                calls.deadline("load", timeout),
                () -> Optional.ofNullable(latest.get(key)));
    }

    @Override
    public boolean delete(String projection, QueryHash query, Duration timeout) {
        var key = new Key(projection, query);
        return calls.lock()
                .alone(calls.deadline("delete", timeout), () -> latest.remove(key) != null);
    }
}
