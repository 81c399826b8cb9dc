package io.floodmark.store.observe;

/// Is told what a store does: for metrics and traces.
///
/// *Threads:* called on the threads that call the store, and on its writer: implementations are for
/// all threads and never block. What they throw does not reach the store's callers. *Cost:* a store
/// that is given [#none()] reads no clock and allocates nothing for being observed.
public interface StoreListener {

    /// The listener that listens to nothing.
    static StoreListener none() {
        return Silence.LISTENER;
    }

    /// An operation begins on this thread.
    default OngoingOperation begun(Operation operation) {
        return Silence.OPERATION;
    }

    /// The writer, on this thread, begins to commit a batch of appends.
    default OngoingCommit commitBegun() {
        return Silence.COMMIT;
    }

    /// A store was opened.
    default void opened(StoreGauges gauges) {}

    /// The store with these gauges is about to close.
    default void closed(StoreGauges gauges) {}
}
