package io.floodmark.store.http;

import java.time.Duration;

/// What one request and all requests together may take.
///
/// @param bodyBytesMax longest body of an append; default 8 MiB; longer ones get 413
/// @param requestsMax requests worked on at a time; default 256; more get 503
/// @param resultEventsMax most events in one result; default 1,000,000; a longer one ends with a
///   broken transfer, never with a short result
/// @param keptBytesMax most memory for the events of one backward read, which is collected before
///   it is sent; default 64 MiB; more gets 413
/// @param timeout longest one call of the store may take; default 30 s
public record DcbLimits(
        long bodyBytesMax,
        int requestsMax,
        long resultEventsMax,
        long keptBytesMax,
        Duration timeout) {

    /// Checks the values.
    public DcbLimits {
        positive("bodyBytesMax", bodyBytesMax);
        positive("requestsMax", requestsMax);
        positive("resultEventsMax", resultEventsMax);
        positive("keptBytesMax", keptBytesMax);
        positive("timeout in milliseconds", timeout.toMillis());
    }

    /// The documented defaults.
    public static DcbLimits defaults() {
        return new DcbLimits(8L << 20, 256, 1_000_000, 64L << 20, Duration.ofSeconds(30));
    }

    private static void positive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, was " + value);
        }
    }
}
