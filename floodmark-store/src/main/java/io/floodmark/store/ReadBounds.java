package io.floodmark.store;

import java.time.Instant;
import java.util.Optional;

/// Which part of the log a read covers: bounded by position or by time, never by both.
public sealed interface ReadBounds {

    static ReadBounds everything() {
        return new Everything();
    }

    static ReadBounds after(Position position) {
        return new After(position);
    }

    static ReadBounds occurredFrom(Instant from) {
        return new Occurred(Optional.of(from), Optional.empty());
    }

    static ReadBounds occurredUntil(Instant until) {
        return new Occurred(Optional.empty(), Optional.of(until));
    }

    static ReadBounds occurredBetween(Instant from, Instant until) {
        return new Occurred(Optional.of(from), Optional.of(until));
    }

    /// Whether the event lies within.
    boolean include(RecordedEvent recorded);

    /// The whole log.
    record Everything() implements ReadBounds {
        @Override
        public boolean include(RecordedEvent recorded) {
            return true;
        }
    }

    /// What comes after the position, which is itself left out; it may lie beyond the head.
    record After(Position position) implements ReadBounds {
        @Override
        public boolean include(RecordedEvent recorded) {
            return recorded.position().isAfter(position);
        }
    }

    /// What occurred in a time span, by the application's clock.
    ///
    /// @param from the first instant, cut to microseconds as those of events are
    /// @param until the last instant, likewise
    record Occurred(Optional<Instant> from, Optional<Instant> until) implements ReadBounds {
        public Occurred {
            from = from.map(instant -> Checks.micros("occurredFrom", instant));
            until = until.map(instant -> Checks.micros("occurredUntil", instant));
            if (from.isEmpty() && until.isEmpty()) {
                throw new IllegalArgumentException(
                        "A time span has a start or an end; without both use ReadBounds.everything()");
            }
            if (from.isPresent() && until.isPresent() && from.get().isAfter(until.get())) {
                throw new IllegalArgumentException(
                        "occurredFrom %s is after occurredUntil %s; swap them"
                                .formatted(from.get(), until.get()));
            }
        }

        @Override
        public boolean include(RecordedEvent recorded) {
            Instant occurred = recorded.event().occurredAt();
            return !(from.isPresent() && occurred.isBefore(from.get()))
                    && !(until.isPresent() && occurred.isAfter(until.get()));
        }
    }
}
