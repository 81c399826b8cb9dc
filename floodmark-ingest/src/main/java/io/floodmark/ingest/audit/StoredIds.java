package io.floodmark.ingest.audit;

import java.io.IOException;

/// The ids of the events that a sink holds: what an audit needs to know of it. *Threads.* One.
public interface StoredIds {

    /// Takes ids.
    interface Taker {

        /// Takes one.
        void id(String eventId) throws IOException;
    }

    /// Tells the id of every event in the audited range, as often as it is stored.
    ///
    /// @throws IOException when the taker fails, or the sink cannot be read
    void read(Taker taker) throws IOException;
}
