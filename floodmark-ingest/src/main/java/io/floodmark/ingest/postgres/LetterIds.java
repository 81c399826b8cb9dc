package io.floodmark.ingest.postgres;

import io.floodmark.ingest.Delivery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// The key of a dead letter: 128 bits that follow from tenant and event id, so that an event that
/// is refused again lies there once.
final class LetterIds {
    private LetterIds() {}

    static UUID of(Delivery delivery) {
        MessageDigest sha256 = sha256();
        sha256.update(delivery.tenant().getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        byte[] id = delivery.event().id().getBytes(StandardCharsets.UTF_8);
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(id));
        return new UUID(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
