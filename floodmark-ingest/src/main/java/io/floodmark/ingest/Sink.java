package io.floodmark.ingest;

import java.util.List;

/// Where events are kept. *Threads:* `open` is for all, each writer is for one at a time.
public interface Sink {

    /// What a stored event's acknowledgement promises.
    AckLevel level();

    /// A writer, which connects when it needs to.
    Writer open();

    /// Writes batches, each to its end.
    interface Writer extends AutoCloseable {

        /// Stores a batch and says what became of each event, in the same order. A bad event does
        /// not hinder the others. What the sink's failure leaves open is `NotTaken` or `Unknown`.
        Written write(List<Delivery> batch);

        @Override
        void close();
    }

    /// What became of a batch.
    ///
    /// @param outcomes one for each event, in the order of the batch
    /// @param healthy false when the sink failed, which bad events never mean
    record Written(List<Outcome> outcomes, boolean healthy) {
        /// Copies the list.
        public Written {
            outcomes = List.copyOf(outcomes);
        }
    }
}
