package io.floodmark.ingest.clickhouse;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Hashes for names.
final class Hashes {
    private Hashes() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
