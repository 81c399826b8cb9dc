package io.floodmark.store;

import java.util.List;

/// Events that a subscription delivered together. Each store has its own kind, which also knows
/// what is done when this is acknowledged; hand it back to the [Subscription] that it came from.
public interface Delivery {

    /// In order of position; immutable.
    List<RecordedEvent> events();

    default boolean isEmpty() {
        return events().isEmpty();
    }
}
