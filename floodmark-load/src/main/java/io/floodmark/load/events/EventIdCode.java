package io.floodmark.load.events;

import java.util.UUID;

/// Event ids that tell which operation made them, in which attempt: version 7 of RFC 9562, the
/// random bits replaced by the run's mark, the operation's number and the attempt's. So the check
/// after the run needs no memory of ids.
///
/// ```
/// 48 bits milliseconds | version | 12 bits run | variant | 44 bits operation | 8 attempt | 10 run
/// ```
///
/// @param run 22 bits that tell runs apart, so that no two make the same id in one millisecond
record EventIdCode(int run) {

    /// Numbers from here on are events of the seeding, which belong to no operation.
    static final long SEEDS = 1L << 43;

    static final int ATTEMPT_MAX = 255;

    private static final int RUN_BITS_HIGH = 12;
    private static final int RUN_BITS_LOW = 10;
    private static final int RUN_MASK = (1 << (RUN_BITS_HIGH + RUN_BITS_LOW)) - 1;
    private static final int ATTEMPT_SHIFT = RUN_BITS_LOW;
    private static final int OPERATION_SHIFT = RUN_BITS_LOW + 8;
    private static final long OPERATION_MASK = (1L << 44) - 1;
    private static final long VERSION_7 = 7L << 12;
    private static final long VARIANT = 1L << 63;

    static EventIdCode of(String run) {
        int hash = run.hashCode();
        return new EventIdCode((hash ^ (hash >>> RUN_BITS_LOW)) & RUN_MASK);
    }

    UUID id(long millis, long operation, int attempt) {
        long high = (millis << 16) | VERSION_7 | (run >>> RUN_BITS_LOW);
        long low =
                VARIANT
                        | ((operation & OPERATION_MASK) << OPERATION_SHIFT)
                        | ((long) attempt << ATTEMPT_SHIFT)
                        | (run & ((1 << RUN_BITS_LOW) - 1));
        return new UUID(high, low);
    }

    static long operation(UUID id) {
        return (id.getLeastSignificantBits() >>> OPERATION_SHIFT) & OPERATION_MASK;
    }

    static int attempt(UUID id) {
        return (int) ((id.getLeastSignificantBits() >>> ATTEMPT_SHIFT) & ATTEMPT_MAX);
    }
}
