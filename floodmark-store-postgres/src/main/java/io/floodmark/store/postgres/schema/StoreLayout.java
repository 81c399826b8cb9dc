package io.floodmark.store.postgres.schema;

/// The layout that a store has: what reading and appending must agree on.
///
/// @param version version of the tables
/// @param segmentSize positions per segment
/// @param promoted payload keys that are indexed
public record StoreLayout(int version, long segmentSize, PromotedKeys promoted) {
    /// The version that this library reads and writes.
    public static final int VERSION = 1;

    /// The first position of the segment that holds `position`, which is at least 1.
    public long segmentStart(long position) {
        return (position - 1) / segmentSize * segmentSize + 1;
    }

    /// The last position of the segment that holds `position`, which is at least 1.
    public long segmentEnd(long position) {
        return ((position - 1) / segmentSize + 1) * segmentSize;
    }
}
