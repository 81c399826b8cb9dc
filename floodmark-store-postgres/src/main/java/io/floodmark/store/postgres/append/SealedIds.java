package io.floodmark.store.postgres.append;

import io.floodmark.store.EventIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is known, without a query, of the ids in the segments before the newest.
///
/// The newest segment needs no knowledge: its unique index refuses a second event with the same id.
/// For the others there is an argument by time. An id of version 7 holds the moment when it was
/// made. If that is later than the moment when a segment's last position was recorded, by more than
/// clocks differ, then the event did not exist when this segment and those before it were written.
/// A log that fills several segments in that time needs more: a filter of the ids of each segment
/// that this process saw whole.
///
/// @param segments the newest sealed ones, in order, at most [#SEGMENTS_MAX]; empty when none is
///   sealed
record SealedIds(List<Segment> segments) {
    /// How much the clock of a client may be ahead of the server's.
    static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);

    private static final int SEGMENTS_MAX = 16;

    /// No segment is sealed.
    static final SealedIds NONE = new SealedIds(List.of());

    SealedIds {
        segments = List.copyOf(segments);
    }

    /// A sealed segment.
    ///
    /// @param recordedUntil when its last position was recorded, or a little later
    /// @param ids all of its ids, if they are known
    record Segment(long first, long last, Instant recordedUntil, Optional<IdFilter> ids) {
        boolean isBefore(UUID id) {
            return EventIds.madeAt(id)
                    .filter(made -> made.isAfter(recordedUntil.plus(CLOCK_SKEW_MAX)))
                    .isPresent();
        }

        boolean surelyLacks(UUID id) {
            return ids.isPresent() && !ids.get().mayContain(id);
        }
    }

    /// The last position of the sealed segments; 0 when there are none.
    long last() {
        return segments.isEmpty() ? 0 : segments.getLast().last();
    }

    /// The same and the segment after, which is sealed now.
    SealedIds and(Segment sealed) {
        var more = new ArrayList<>(segments);
        more.add(sealed);
        return new SealedIds(more.subList(Math.max(0, more.size() - SEGMENTS_MAX), more.size()));
    }

    /// The position up to which surely no event has one of `ids`.
    long clearTo(List<UUID> ids) {
        return ids.stream().allMatch(this::surelyLacks) ? last() : 0;
    }

    private boolean surelyLacks(UUID id) {
        for (Segment segment : segments.reversed()) {
            if (segment.isBefore(id)) {
                return true;
            }
            if (!segment.surelyLacks(id)) {
                return false;
            }
        }
        return segments.isEmpty() || segments.getFirst().first() == 1;
    }
}
