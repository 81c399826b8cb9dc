package io.floodmark.store.observe;

/// An operation that a listener was told of and that goes on. Its own to make for each operation,
/// or one for all if it needs to remember nothing.
public interface OngoingOperation {

    /// Runs a part of the operation on another thread, so that a listener can make that thread
    /// belong to the operation meanwhile; must run `part` exactly once.
    default void within(Runnable part) {
        part.run();
    }

    /// The operation ended. Called once, on the thread that began it; parts on other threads may
    /// still go on.
    default void ended(OperationEnd end) {}
}
