package io.floodmark.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 of texts in UTF-8.
final class Digests {

    /// Never fed itself: a copy costs less than to look for a provider each time.
    private static final MessageDigest SHA_256 = sha256();

    private Digests() {}

    static byte[] sha256(String text) {
        try {
            return ((MessageDigest) SHA_256.clone()).digest(text.getBytes(UTF_8));
        } catch (CloneNotSupportedException e) {
            return sha256().digest(text.getBytes(UTF_8));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256; this one has not", e);
        }
    }
}
