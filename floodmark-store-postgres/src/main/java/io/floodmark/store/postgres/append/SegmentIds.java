package io.floodmark.store.postgres.append;

import io.floodmark.store.postgres.schema.StoreLayout;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Collects the ids of the log's segments as they are written: those of the newest in the making,
/// those of the others sealed.
///
/// *Threads:* the writer only.
final class SegmentIds {
    private final StoreLayout layout;
    private SealedIds sealed = SealedIds.NONE;

    /// Of the newest segment; none when its beginning was not seen.
    private @Nullable IdFilter newest;

    private long next;
    private Instant recordedAt = Instant.EPOCH;

    SegmentIds(StoreLayout layout, long head) {
        this.layout = layout;
        this.next = head + 1;
    }

    /// The position of the event that is seen next.
    long next() {
        return next;
    }

    /// The last position before the segment in which the event after `head` will stand.
    long sealedLast(long head) {
        return layout.segmentStart(head + 1) - 1;
    }

    /// Events up to `head` will not be seen; the last sealed one was recorded at `sealedAt`.
    void skipTo(long head, Instant sealedAt) {
        long last = sealedLast(head);
        newest = null;
        next = head + 1;
        recordedAt = sealedAt;
        sealed =
                last == 0
                        ? SealedIds.NONE
                        : SealedIds.NONE.and(
                                new SealedIds.Segment(
                                        layout.segmentStart(last),
                                        last,
                                        sealedAt,
                                        Optional.empty()));
    }

    /// The event at [#next()] has this id.
    void seen(UUID id, Instant at) {
        if (layout.segmentStart(next) == next) {
            newest = new IdFilter(layout.segmentSize());
        }
        if (newest != null) {
            newest.add(id);
        }
        recordedAt = at.isAfter(recordedAt) ? at : recordedAt;
        if (layout.segmentEnd(next) == next) {
            sealed =
                    sealed.and(
                            new SealedIds.Segment(
                                    layout.segmentStart(next),
                                    next,
                                    recordedAt,
                                    Optional.ofNullable(newest)));
            newest = null;
        }
        next++;
    }

    SealedIds sealed() {
        return sealed;
    }
}
