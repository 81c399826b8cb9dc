package io.floodmark.load.events;

import io.floodmark.load.preflight.OwnObject;
import io.floodmark.store.EventStore;
import java.util.SortedMap;
import java.util.function.Consumer;

/// Where the event store of a run lives: makes it, tells how it fares, takes it away.
///
/// *Threads.* [#gauges] may be called by any thread, the rest by the run's own.
public interface StoreHome extends AutoCloseable {

    /// What it creates in the database, for the preflight.
    OwnObject own();

    /// Most connections that the store takes.
    int connectionsMax();

    /// Makes the store and opens it; called once.
    ///
    /// @param progress takes sentences for the user
    EventStore open(Consumer<String> progress) throws Exception;

    /// Levels of the store's connections and queues, by name.
    SortedMap<String, Long> gauges();

    /// Closes the store, and removes it unless it is to be kept.
    @Override
    void close();
}
