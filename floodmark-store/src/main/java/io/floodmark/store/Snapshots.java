package io.floodmark.store;

import java.time.Duration;
import java.util.Optional;

/// The snapshots of a store: at most one for each projection and query, whose position never goes
/// back. Threads, time and failures as in [EventStore].
public interface Snapshots {

    SaveResult save(Snapshot snapshot, Duration timeout);

    /// The snapshot, if there is one.
    ///
    /// @param consistency [Consistency.AtLeast] waits until the answering copy of the store has
    ///   seen that position of the log; it says nothing of the snapshot's own position
    Optional<Snapshot> load(
            String projection, QueryHash query, Consistency consistency, Duration timeout);

    /// Whether there was one to delete.
    boolean delete(String projection, QueryHash query, Duration timeout);
}
