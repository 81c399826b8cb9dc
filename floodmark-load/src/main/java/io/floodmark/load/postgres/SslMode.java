package io.floodmark.load.postgres;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How much TLS a connection wants, with the names and the meaning of libpq's `sslmode`.
public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /// The name as users write it: `verify-full`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Reads a name as users write it.
    ///
    /// @throws IllegalArgumentException with the possible names when `label` is none of them
    public static SslMode parse(String label) {
        return Arrays.stream(values())
                .filter(mode -> mode.label().equalsIgnoreCase(label.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(label)));
    }

    private static String unknown(String label) {
        return "unknown SSL mode '%s': use one of %s"
                .formatted(
                        label,
                        Arrays.stream(values())
                                .map(SslMode::label)
                                .collect(Collectors.joining(", ")));
    }
}
