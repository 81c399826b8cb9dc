package io.floodmark.ingest.journal;

import java.nio.file.Path;

/// Where the journal is and how large it may grow.
///
/// @param folder its files; made if it is missing
/// @param limitBytes most bytes of its segments; default 1 GiB
/// @param segmentBytes bytes at which a segment is closed, one batch may go beyond; default 8 MiB,
///   or an eighth of the limit
public record JournalSettings(Path folder, long limitBytes, int segmentBytes) {
    private static final int SEGMENT_BYTES = 8 << 20;
    private static final int SEGMENTS_MIN = 8;
    private static final int LIMIT_MIN = 1 << 12;

    /// Checks the values.
    public JournalSettings {
        if (limitBytes < LIMIT_MIN || segmentBytes < 1 || segmentBytes > limitBytes / 2) {
            throw new IllegalArgumentException(
                    "the journal's limit must be at least %d bytes and two segments, were %d and %d"
                            .formatted(LIMIT_MIN, limitBytes, segmentBytes));
        }
    }

    /// With segments of the documented size.
    public static JournalSettings of(Path folder, long limitBytes) {
        return new JournalSettings(
                folder, limitBytes, Math.clamp(limitBytes / SEGMENTS_MIN, 1, SEGMENT_BYTES));
    }
}
