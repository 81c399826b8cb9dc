package io.floodmark.store;

import java.time.Instant;

/// An event with its place in the log.
///
/// @param position 1 or more
/// @param recordedAt the store's clock at the append, in microseconds; for people, not for order,
///   because clocks differ and go back
public record RecordedEvent(Position position, Instant recordedAt, Event event) {

    public RecordedEvent {
        if (position.equals(Position.START)) {
            throw new IllegalArgumentException("A recorded event has a position of 1 or more");
        }
        recordedAt = Checks.micros("recordedAt", recordedAt);
    }
}
