package io.floodmark.local;

import java.security.SecureRandom;
import java.util.Base64;

/// Makes random passwords: 192 bits, in characters that need no escaping in URLs, SQL and files.
final class Passwords {
    private static final int BYTES = 24;

    private Passwords() {}

    static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
