package io.floodmark.store.postgres.observe;

import io.floodmark.store.Consistency;
import io.floodmark.store.QueryHash;
import io.floodmark.store.SaveResult;
import io.floodmark.store.Snapshot;
import io.floodmark.store.Snapshots;
import io.floodmark.store.observe.Operation;
import java.time.Duration;
import java.util.Optional;

/// Snapshots whose calls a listener is told of. *Threads:* for all.
public final class ObservedSnapshots implements Snapshots {
    private final Snapshots snapshots;
    private final Calls calls;

    private ObservedSnapshots(Snapshots snapshots, Calls calls) {
        this.snapshots = snapshots;
        this.calls = calls;
    }

    /// The snapshots; the same if nobody listens.
    public static Snapshots of(Snapshots snapshots, Calls calls) {
        return calls.isSilent() ? snapshots : new ObservedSnapshots(snapshots, calls);
    }

    @Override
    public SaveResult save(Snapshot snapshot, Duration timeout) {
        return calls.make(
                Operation.SNAPSHOT_SAVE, () -> snapshots.save(snapshot, timeout), Tellings::saved);
    }

    @Override
    public Optional<Snapshot> load(
            String projection, QueryHash query, Consistency consistency, Duration timeout) {
        return calls.make(
                Operation.SNAPSHOT_LOAD,
                () -> snapshots.load(projection, query, consistency, timeout),
                Tellings::found);
    }

    @Override
    public boolean delete(String projection, QueryHash query, Duration timeout) {
        return calls.make(
                Operation.SNAPSHOT_DELETE,
                () -> snapshots.delete(projection, query, timeout),
                Tellings::deleted);
    }
}
