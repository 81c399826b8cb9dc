package io.floodmark.ingest.kafka;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;

/// What is done with an event that Kafka refuses for what it is. *Threads:* for all but the
/// producer's own.
interface Burial {

    /// Does it, and says what became of the event.
    Outcome bury(Delivery delivery, Exception why);
}
