package io.floodmark.store.postgres.append;

import io.floodmark.store.postgres.schema.StoreLayout;

/// What callers may know of the writer's state: a snapshot, replaced after each change.
///
/// @param head the last position known; everything up to it is stored and never changes
/// @param tailFirst the first position of the tail
/// @param layout segments and promoted keys
/// @param sealed the ids of the segments before the newest
record EngineView(long head, long tailFirst, StoreLayout layout, SealedIds sealed) {

    /// The first position of the segment in which the last of so many next events would stand.
    long newestSegmentFirst(int events) {
        return layout.segmentStart(head + events);
    }
}
