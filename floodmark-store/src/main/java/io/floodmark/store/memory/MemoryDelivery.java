package io.floodmark.store.memory;

import io.floodmark.store.Delivery;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import java.util.List;

/// @param partitions whose due events up to `upTo` are all in this delivery
record MemoryDelivery(
        MemorySubscription consumer,
        List<RecordedEvent> events,
        List<Integer> partitions,
        Position upTo)
        implements Delivery {}
