package io.floodmark.store.postgres.append;

import io.floodmark.store.EventIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What is known, without a query, of the ids in the segments before the newest.
///
/// The newest segment needs no knowledge: its unique index refuses a second event with the same id.
/// For the others there is an argument by time. An id of version 7 holds the moment when it was
/// made. If that is later than the moment when the last sealed position was recorded, by more than
/// clocks differ, then the event did not exist when those segments were written.
///
/// @param last the last position of the sealed segments; 0 when there are none
/// @param recordedUntil when that position was recorded
record SealedIds(long last, Instant recordedUntil) {
    /// How much the clock of a client may be ahead of the server's.
    static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);

    /// The position up to which surely no event has one of `ids`.
    long clearTo(List<UUID> ids) {
        return ids.stream().allMatch(this::isLater) ? last : 0;
    }

    private boolean isLater(UUID id) {
        return EventIds.madeAt(id)
                .filter(made -> made.isAfter(recordedUntil.plus(CLOCK_SKEW_MAX)))
                .isPresent();
    }
}
