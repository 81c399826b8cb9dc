package io.floodmark.store.postgres.subscription;

import io.floodmark.store.Delivery;
import io.floodmark.store.RecordedEvent;
import java.util.List;
import java.util.Map;

/// Events for one consumer, and what is done when they are.
///
/// @param done by partition, the lease under which the events were read and where it will then
///   stand
record PostgresDelivery(
        PostgresSubscription consumer,
        List<RecordedEvent> events,
        Map<Integer, Progress.Lease> done)
        implements Delivery {
    PostgresDelivery {
        events = List.copyOf(events);
        done = Map.copyOf(done);
    }
}
