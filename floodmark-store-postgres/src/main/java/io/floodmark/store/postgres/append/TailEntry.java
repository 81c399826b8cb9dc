package io.floodmark.store.postgres.append;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import java.time.Instant;
import java.util.List;

/// An event of the tail.
///
/// *Threads:* the writer only.
final class TailEntry {
    /// Marks free places.
    static final TailEntry NONE =
            new TailEntry(0, EncodedEvent.of(Event.of("none", Json.EMPTY_OBJECT), List.of()));

    private final long position;
    private final Event event;
    private final Keys keys;
    private final long bytes;
    private Instant recordedAt = Instant.EPOCH;

    /// Takes what decisions need; the parts that only rows need are let go.
    TailEntry(long position, EncodedEvent encoded) {
        this.position = position;
        this.event = encoded.event();
        this.keys = encoded.keys();
        this.bytes = encoded.bytes();
    }

    long position() {
        return position;
    }

    Event event() {
        return event;
    }

    long bytes() {
        return bytes;
    }

    void recordedAt(Instant at) {
        recordedAt = at;
    }

    RecordedEvent recorded() {
        return new RecordedEvent(Position.of(position), recordedAt, event);
    }

    /// Joins the events of each of its keys, as the newest.
    void join(KeyIndex index) {
        for (int i = 0; i < keys.size(); i++) {
            index.add(keys.at(i), position);
        }
    }

    /// Leaves them again, being the newest of the tail.
    void leaveAsNewest(KeyIndex index) {
        for (int i = 0; i < keys.size(); i++) {
            index.removeNewest(keys.at(i));
        }
    }

    /// Leaves them, being the oldest of the tail.
    void leaveAsOldest(KeyIndex index) {
        for (int i = 0; i < keys.size(); i++) {
            index.removeOldest(keys.at(i));
        }
    }
}
