package io.floodmark.store.observe;

/// How much waits in an open store, to be asked at any time from any thread.
public interface StoreGauges {

    /// Appends that wait for the writer.
    int appendsWaiting();

    /// Calls that wait for a connection to the primary.
    int connectionsAwaited();
}
