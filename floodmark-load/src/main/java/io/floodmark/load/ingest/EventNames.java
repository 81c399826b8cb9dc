package io.floodmark.load.ingest;

import java.util.Optional;

/// The ids of a run's events: UUIDs of version 7 that carry the run's mark and the event's number.
/// Their time grows with the number, as that of real ones does.
///
/// @param mark of the run, [#MARK_BITS] bits
/// @param startMillis when the run began, milliseconds since 1970
record EventNames(long mark, long startMillis) {

    static final int LENGTH = 36;
    static final int MARK_BITS = 26;

    private static final int MARK_HIGH_BITS = 12;
    private static final int MARK_LOW_BITS = MARK_BITS - MARK_HIGH_BITS;
    private static final int NUMBER_BITS = 47;
    private static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;
    private static final long VERSION = 7L << MARK_HIGH_BITS;
    private static final long VARIANT = 2L << 62;
    private static final int TIME_SHIFT = 16;

    /// So many events share a millisecond.
    private static final long EVENTS_PER_MILLI = 64;

    private static final String HEX = "0123456789abcdef";
    private static final int[] DASHES = {8, 13, 18, 23};

    /// An event by its number.
    record Numbered(Lane lane, long number) {}

    /// Names for the run with this id.
    static EventNames of(String runId, long startMillis) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < runId.length(); i++) {
            hash = (hash ^ runId.charAt(i)) * 0x100000001B3L;
        }
        return new EventNames((hash ^ (hash >>> 32)) & ((1L << MARK_BITS) - 1), startMillis);
    }

    /// Appends the id of an event.
    void write(Lane lane, long number, Bytes to) {
        long high =
                (startMillis + number / EVENTS_PER_MILLI) << TIME_SHIFT
                        | VERSION
                        | mark >>> MARK_LOW_BITS;
        writeHex(high, 0, to);
        writeHex(low(lane, number), LENGTH / 2, to);
    }

    private long low(Lane lane, long number) {
        long markLow = mark & ((1L << MARK_LOW_BITS) - 1);
        return VARIANT | markLow << (NUMBER_BITS + 1) | (long) lane.code() << NUMBER_BITS | number;
    }

    private static void writeHex(long bits, int place, Bytes to) {
        int at = place;
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            if (at == DASHES[0] || at == DASHES[1] || at == DASHES[2] || at == DASHES[3]) {
                to.put((byte) '-');
                at++;
            }
            to.put((byte) HEX.charAt((int) (bits >>> shift) & 15));
            at++;
        }
    }

    String id(Lane lane, long number) {
        Bytes text = new Bytes(LENGTH);
        write(lane, number, text);
        return text.toString();
    }

    /// The event with this id, if it is one of this run.
    Optional<Numbered> find(String id) {
        if (id.length() != LENGTH) {
            return Optional.empty();
        }
        long low;
        try {
            low = Long.parseUnsignedLong(id.substring(19, 23) + id.substring(24), 16);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
        Lane lane = Lane.of((int) (low >>> NUMBER_BITS) & 1);
        long number = low & NUMBER_MASK;
        return id(lane, number).equals(id)
                ? Optional.of(new Numbered(lane, number))
                : Optional.empty();
    }
}
