package io.floodmark.store.postgres.inspect;

/// Something in a log that must not be.
///
/// @param kind what is wrong
/// @param position where
/// @param sentence the same for people, with all values
public record Finding(Kind kind, long position, String sentence) {

    /// What can be wrong with a log.
    public enum Kind {
        /// Positions are missing.
        GAP,
        /// An event lies beyond the head, where no reader sees it.
        BEYOND_HEAD,
        /// An event cannot be read.
        DAMAGED,
        /// An id is there more than once.
        DUPLICATE_ID,
        /// An event was recorded much earlier than one before it.
        RECORDED_EARLIER,
        /// An index row is missing, so that a query by tag does not find the event.
        UNINDEXED,
        /// An index row belongs to no tag.
        STRAY_INDEX,
        /// An append was accepted although an event that its condition excludes came in between.
        DOUBLE_WINNER,
        /// A recorded condition cannot be read, or names positions that are not there.
        CONDITION
    }
}
