package io.floodmark.ingest;

import java.util.List;
import java.util.function.Consumer;

/// Where events are kept. *Threads:* `open` is for all, each writer is for one at a time.
public interface Sink {

    /// What a stored event's acknowledgement promises.
    AckLevel level();

    /// A writer, which connects when it needs to. Batches of one writer keep their order where the
    /// sink keeps any.
    Writer open();

    /// Writes batches.
    interface Writer extends AutoCloseable {

        /// Stores a batch and says what became of each event, in the same order. A bad event does
        /// not hinder the others. What the sink's failure leaves open is `NotTaken` or `Unknown`.
        Written write(List<Delivery> batch);

        /// Begins to store a batch, and returns when the next may be begun. `done` gets what became
        /// of it, once, from any thread, perhaps before this returns; it must be quick. Sinks that
        /// batch by themselves override this; here the batch is written to its end.
        default void write(List<Delivery> batch, Consumer<Written> done) {
            done.accept(write(batch));
        }

        /// Waits until nothing is under way, within a bound of the sink's own.
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
