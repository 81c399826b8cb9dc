package io.floodmark.ingest.postgres;

import io.floodmark.ingest.Delivery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// The id under which an event is recognised again: 128 bits, whatever its sender's ids look like.
///
/// Where there are no tenants an id that is a UUID is used itself, so that ids that carry their
/// time stay together in the index. All else is hashed together with the tenant, so that nobody can
/// claim an id of somebody else. *Threads:* for one.
final class DedupIds {
    private static final int UUID_LENGTH = 36;

    private final MessageDigest sha256;

    DedupIds() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    UUID of(Delivery delivery) {
        String id = delivery.event().id();
        if (delivery.tenant().isEmpty() && id.length() == UUID_LENGTH) {
            try {
                UUID uuid = UUID.fromString(id);
                if (uuid.toString().equals(id)) {
                    return uuid;
                }
            } catch (IllegalArgumentException _) {
                // It only has the length of one.
            }
        }
        sha256.update(delivery.tenant().getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(id.getBytes(StandardCharsets.UTF_8)));
        return new UUID(hash.getLong(), hash.getLong());
    }
}
