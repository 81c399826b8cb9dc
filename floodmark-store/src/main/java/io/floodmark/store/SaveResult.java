package io.floodmark.store;

/// What came of saving a snapshot.
public sealed interface SaveResult {

    /// The snapshot is stored; one of the same position was replaced.
    record Saved() implements SaveResult {}

    /// Nothing was changed: a snapshot of a later position is there already.
    record Superseded(Position stored) implements SaveResult {}
}
