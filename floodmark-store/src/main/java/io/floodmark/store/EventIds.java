package io.floodmark.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Event ids that carry their time (UUID version 7, RFC 9562): ids made together lie together in an
/// index, and a store sees how old an id claims to be.
public final class EventIds {

    private static final int VERSION = 7;
    private static final int TIME_SHIFT = 16;
    private static final long RANDOM_A = 0xFFFL;
    private static final long RANDOM_B = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private EventIds() {}

    /// A new id of this moment.
    public static UUID next(TimeAndChance source) {
        long high =
                (source.clock().millis() << TIME_SHIFT)
                        | ((long) VERSION << 12)
                        | (source.randomBits().getAsLong() & RANDOM_A);
        return new UUID(high, VARIANT | (source.randomBits().getAsLong() & RANDOM_B));
    }

    /// The millisecond at which an id of version 7 says it was made; empty for other versions. The
    /// maker's clock may have been wrong.
    public static Optional<Instant> madeAt(UUID id) {
        return id.version() == VERSION && id.variant() == 2
                ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_SHIFT))
                : Optional.empty();
    }
}
