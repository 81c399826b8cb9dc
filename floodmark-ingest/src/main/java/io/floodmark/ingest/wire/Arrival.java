package io.floodmark.ingest.wire;

import io.floodmark.store.EventIds;
import io.floodmark.store.TimeAndChance;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// What a request gives to events that lack it: the time of its arrival, and ids.
///
/// Ids are of UUID version 7. Under an idempotency key they follow from the key, the place and the
/// event itself (version 8): the same request sent again has the same ids, so that its events are
/// recognised wherever and whenever it arrives, while other events never share one.
public final class Arrival {
    private static final long VERSION_8 = 0x8000L;
    private static final long VERSION_BITS = 0xF000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

    private final TimeAndChance source;
    private final Instant received;
    private final Optional<String> idempotencyKey;

    private Arrival(TimeAndChance source, Instant received, Optional<String> idempotencyKey) {
        this.source = source;
        this.received = received;
        this.idempotencyKey = idempotencyKey;
    }

    /// An arrival of this moment.
    public static Arrival now(TimeAndChance source, Optional<String> idempotencyKey) {
        return new Arrival(
                source, source.clock().instant().truncatedTo(ChronoUnit.MILLIS), idempotencyKey);
    }

    Instant received() {
        return received;
    }

    long receivedMicros() {
        return received.toEpochMilli() * 1_000;
    }

    /// An id for the event at this place of the body.
    String idOf(int index, byte[] text, int start, int end) {
        return idempotencyKey
                .map(key -> derived(key, index, text, start, end))
                .orElseGet(() -> EventIds.next(source))
                .toString();
    }

    private static UUID derived(String key, int index, byte[] text, int start, int end) {
        MessageDigest digest = sha256();
        digest.update(key.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, index));
        digest.update(text, start, end - start);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long high = (hash.getLong() & ~VERSION_BITS) | VERSION_8;
        long low = (hash.getLong() & ~VARIANT_BITS) | VARIANT;
        return new UUID(high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
