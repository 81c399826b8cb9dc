package io.floodmark.store.postgres.append;

import io.floodmark.store.RecordedEvent;
import io.floodmark.store.postgres.schema.StoreLayout;
import io.floodmark.store.postgres.schema.StoreSchema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// What the writer knows of the log: its tail, its layout, and the ids of sealed segments.
///
/// *Threads:* the writer only, except [#view], which is for all.
final class KnownLog {
    private static final int CATCH_UP_PAGE = 200;

    private final StoreSchema schema;
    private final EngineLimits.Tail limits;
    private final Tail tail;
    private StoreLayout layout;
    private final SegmentIds segmentIds;
    private volatile EngineView view;

    private KnownLog(StoreSchema schema, StoreLayout layout, EngineLimits.Tail limits, long head) {
        this.schema = schema;
        this.layout = layout;
        this.limits = limits;
        this.tail = new Tail(limits.eventsMax(), limits.bytesMax(), head);
        this.segmentIds = new SegmentIds(layout, head);
        this.view = new EngineView(head, tail.first(), layout, segmentIds.sealed());
    }

    /// Reads the layout and the newest events of an existing log.
    static KnownLog open(WriterSession session, StoreSchema schema, EngineLimits.Tail limits)
            throws SQLException {
        StoreLayout layout = schema.check(session.connection());
        Head head = session.head();
        long start = Math.max(0, head.position() - limits.catchUpEventsMax());
        var log = new KnownLog(schema, layout, limits, start);
        log.skipIds(session, start);
        log.catchUp(session, head);
        return log;
    }

    /// The newest state that is committed.
    EngineView view() {
        return view;
    }

    /// Where the head must be for the next batch.
    Head head() {
        return new Head(tail.last(), layout.promoted().revision());
    }

    StoreLayout layout() {
        return layout;
    }

    List<Decision> decide(List<PendingAppend> requests) {
        return new BatchDecider(tail, layout).decide(requests);
    }

    /// Takes back the events of a batch that was decided at `head` and not committed.
    void takeBack(Head head) {
        tail.truncate(head.position());
    }

    /// The batch that was decided at `head` is committed.
    void committed(Head head, Instant recordedAt) {
        tail.recorded(head.position(), recordedAt);
        if (tail.first() <= head.position() + 1) {
            tail.after(head.position())
                    .forEach(entry -> segmentIds.seen(entry.event().id(), recordedAt));
        } else {
            // The batch alone is longer than the tail.
            segmentIds.skipTo(tail.last(), recordedAt);
        }
        publish();
    }

    /// Learns what other processes appended, up to `head`.
    void catchUp(WriterSession session, Head head) throws SQLException {
        if (head.promotedRevision() != layout.promoted().revision()) {
            // The tail's index lacks the new keys.
            layout = schema.check(session.connection());
            tail.startAfter(head.position());
        }
        long missing = head.position() - tail.last();
        if (missing < 0 || missing > limits.catchUpEventsMax()) {
            tail.startAfter(head.position());
        }
        if (segmentIds.next() != tail.last() + 1) {
            skipIds(session, tail.last());
        }
        while (tail.last() < head.position()) {
            read(session, head.position());
        }
        publish();
    }

    private void skipIds(WriterSession session, long head) throws SQLException {
        long sealedLast = segmentIds.sealedLast(head);
        segmentIds.skipTo(head, sealedLast == 0 ? Instant.EPOCH : session.recordedAt(sealedLast));
    }

    private void read(WriterSession session, long upTo) throws SQLException {
        List<RecordedEvent> page = session.events(tail.last(), upTo, CATCH_UP_PAGE);
        if (page.isEmpty()) {
            throw new IllegalStateException(
                    "the log is damaged: its head is %d, but no event follows position %d"
                            .formatted(upTo, tail.last()));
        }
        for (RecordedEvent recorded : page) {
            if (recorded.position().value() != tail.last() + 1) {
                throw new IllegalStateException(
                        "the log is damaged: position %d follows %d"
                                .formatted(recorded.position().value(), tail.last()));
            }
            tail.add(EncodedEvent.of(recorded.event(), layout.promoted().keys()))
                    .recordedAt(recorded.recordedAt());
            segmentIds.seen(recorded.event().id(), recorded.recordedAt());
        }
    }

    private void publish() {
        view = new EngineView(tail.last(), tail.first(), layout, segmentIds.sealed());
    }
}
