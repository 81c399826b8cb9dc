package io.floodmark.store.postgres.append;

import io.floodmark.store.observe.CommitEnd;
import io.floodmark.store.postgres.observe.Calls;
import java.util.List;

/// Watches the writer commit its batches, for a listener. *Threads:* the writer only.
interface BatchWatch {
    /// Watches nothing, reads no clock.
    BatchWatch NONE = new BatchWatch() {};

    /// The watch that tells of these calls.
    static BatchWatch of(Calls calls) {
        return calls.isSilent() ? NONE : new CommitWatch(calls);
    }

    /// A batch was taken from the queue.
    default void begun() {}

    /// The batch, or a part of it, is tried.
    default void tried(CommitEnd.Mode mode) {}

    /// A statement begins.
    default void toServer() {}

    /// The statement ended, if one began. Before the requests of the attempt are answered.
    default void fromServer(Attempt attempt) {}

    /// What the attempt accepted is stored.
    default void stored(Attempt attempt) {}

    /// All of the batch that can be answered is.
    default void ended(List<PendingAppend> batch) {}
}
