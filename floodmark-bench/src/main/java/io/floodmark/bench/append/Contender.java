package io.floodmark.bench.append;

import io.floodmark.store.Event;
import io.floodmark.store.Query;
import io.floodmark.store.tck.history.HistoryTarget;

/// One of the two stores that are compared, filled with the same events.
interface Contender extends AutoCloseable {

    /// Appends under the condition that nothing matches.
    ///
    /// @return whether it was stored; not, when something matched
    boolean append(Event event, Query failIfMatch);

    /// For a contest that is judged.
    HistoryTarget target();

    @Override
    void close();
}
