package io.floodmark.store.observe;

/// A group commit that a listener was told of and that goes on.
public interface OngoingCommit {

    /// The commit ended; its callers may have their answers already. On the thread that began it.
    default void ended(CommitEnd end) {}
}
