package io.floodmark.ingest.audit;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// The ids of the events that a sink holds: what an audit needs to know of it. *Threads.* One.
public interface StoredIds {

    /// Takes ids.
    interface Taker {

        /// Takes one.
        ///
        /// @param arrived when the event arrived, as the sink has it
        void id(String eventId, Instant arrived) throws IOException;
    }

    /// Tells the id of every event that the sink holds, as often as it is stored; those that
    /// arrived before [AuditRange#earliestArrival] may be left out.
    ///
    /// @throws IOException when the taker fails, or the sink cannot be read
    void read(Taker taker) throws IOException;

    /// What it means that it tells an id more than once.
    default Repetition repetition() {
        return Repetition.FAULT;
    }

    /// What a reader of the result should know of what was read, a sentence each.
    default List<String> remarks() {
        return List.of();
    }
}
