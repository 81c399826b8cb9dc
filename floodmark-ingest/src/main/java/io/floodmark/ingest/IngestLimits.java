package io.floodmark.ingest;

/// What one request and one event may hold. Bytes of bodies count after decompression.
///
/// @param bodyBytesMax longest body; default 8 MiB
/// @param expansionMax how many times longer a body may be than its compressed form; default 200
/// @param batchEventsMax most events in one body; default 10,000
/// @param eventBytesMax longest event; default 256 KiB
/// @param depthMax deepest nesting inside an event, which itself counts as 1; default 16, at most
///   60
/// @param membersMax most members of objects and elements of arrays in one event; default 1,000
/// @param stringBytesMax longest name or text in `properties`; default 64 KiB
/// @param numberBytesMax longest number; default 64; exponents end at ±308 in any case
public record IngestLimits(
        int bodyBytesMax,
        int expansionMax,
        int batchEventsMax,
        int eventBytesMax,
        int depthMax,
        int membersMax,
        int stringBytesMax,
        int numberBytesMax) {
    private static final int DEPTH_MAX = 60;
    private static final int BODY_BYTES_MAX = 1 << 30;

    /// Checks the values.
    public IngestLimits {
        within("bodyBytesMax", bodyBytesMax, BODY_BYTES_MAX);
        within("expansionMax", expansionMax, Integer.MAX_VALUE);
        within("batchEventsMax", batchEventsMax, Integer.MAX_VALUE);
        within("eventBytesMax", eventBytesMax, bodyBytesMax);
        within("depthMax", depthMax, DEPTH_MAX);
        within("membersMax", membersMax, Integer.MAX_VALUE);
        within("stringBytesMax", stringBytesMax, eventBytesMax);
        within("numberBytesMax", numberBytesMax, eventBytesMax);
    }

    /// The documented defaults.
    public static IngestLimits defaults() {
        return new IngestLimits(8 << 20, 200, 10_000, 256 << 10, 16, 1_000, 64 << 10, 64);
    }

    private static void within(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(
                    "%s must be from 1 to %d, was %d".formatted(what, max, value));
        }
    }
}
