package io.floodmark.store.observe;

import java.util.Locale;

/// A kind of call of a store that a listener is told of. A call that the store makes within another
/// one is a part of that one.
public enum Operation {
    APPEND,
    /// An append in the caller's own transaction: done does not mean committed.
    APPEND_IN_TRANSACTION,
    /// The opening of a read, with its first page.
    READ,
    /// Each further page, while the stream is iterated.
    READ_PAGE,
    HEAD,
    SNAPSHOT_SAVE,
    SNAPSHOT_LOAD,
    SNAPSHOT_DELETE,
    SUBSCRIPTION_OPEN,
    /// Includes the wait for something to deliver.
    SUBSCRIPTION_NEXT,
    SUBSCRIPTION_ACKNOWLEDGE,
    SUBSCRIPTION_CHECKPOINT,
    SUBSCRIPTION_DELETE;

    /// The name in small letters with dots, as in `snapshot.save`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
