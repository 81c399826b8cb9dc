package io.floodmark.store.tck.history;

import java.util.UUID;

/// Event ids that carry the number of their attempt, so that an event found in the log names who
/// appended it.
///
/// Version 7: 48 bits of time, 12 bits of the run's mark, then in the lower half 12 more bits of
/// the mark, 40 bits of the attempt's number and 10 bits of the event's place in its append.
final class EventIds {

    private static final int PLACE_BITS = 10;
    private static final int ATTEMPT_BITS = 40;
    private static final int MARK_BITS = 12;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;
    private static final long ATTEMPT_MASK = (1L << ATTEMPT_BITS) - 1;
    private static final long MARK_MASK = (1L << MARK_BITS) - 1;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 1L << 63;

    private final long highMark;
    private final long lowMark;

    /// @param mark what tells this run's events from those of another; 24 bits of it count
    EventIds(long mark) {
        this.highMark = (mark >>> MARK_BITS) & MARK_MASK;
        this.lowMark = mark & MARK_MASK;
    }

    UUID id(long attempt, int place) {
        long high = (Ticks.wallMillis() << 16) | VERSION_7 | highMark;
        long low =
                VARIANT
                        | (lowMark << (ATTEMPT_BITS + PLACE_BITS))
                        | (attempt << PLACE_BITS)
                        | place;
        return new UUID(high, low);
    }

    boolean isOfThisRun(UUID id) {
        return (id.getMostSignificantBits() & MARK_MASK) == highMark
                && ((id.getLeastSignificantBits() >>> (ATTEMPT_BITS + PLACE_BITS)) & MARK_MASK)
                        == lowMark;
    }

    static long attempt(UUID id) {
        return (id.getLeastSignificantBits() >>> PLACE_BITS) & ATTEMPT_MASK;
    }

    static int place(UUID id) {
        return (int) (id.getLeastSignificantBits() & PLACE_MASK);
    }
}
