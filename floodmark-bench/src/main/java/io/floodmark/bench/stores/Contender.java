package io.floodmark.bench.stores;

import io.floodmark.store.Event;
import io.floodmark.store.Query;
import io.floodmark.store.tck.history.HistoryTarget;

/// One of the two stores that are compared, filled with the same events.
public interface Contender extends AutoCloseable {

    /// Most events of a result that is read whole.
    int READ_MAX = 5_000;

    /// Appends under the condition that nothing matches.
    ///
    /// @return whether it was stored; not, when something matched
    boolean append(Event event, Query failIfMatch);

    /// Reads all events that match, with what the store takes for the newest state.
    ///
    /// @return how many, at most [#READ_MAX]
    int read(Query query);

    /// For a contest that is judged.
    HistoryTarget target();

    @Override
    void close();
}
