package io.floodmark.store.postgres.append;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import java.time.Instant;
import java.util.List;

/// An event of the tail, linked per key to the one before it that has the same key.
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
    private final long[] previous;
    private Instant recordedAt = Instant.EPOCH;

    /// Takes what decisions need; the parts that only rows need are let go.
    TailEntry(long position, EncodedEvent encoded) {
        this.position = position;
        this.event = encoded.event();
        this.keys = encoded.keys();
        this.bytes = encoded.bytes();
        this.previous = new long[keys.size()];
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

    /// Becomes the newest of each of its keys.
    void link(KeyIndex newest) {
        for (int i = 0; i < previous.length; i++) {
            long key = keys.at(i);
            previous[i] = newest.get(key);
            newest.put(key, position);
        }
    }

    /// Gives way to the one before it, the newest entry being taken back.
    void unlink(KeyIndex newest, long firstHeld) {
        for (int i = 0; i < previous.length; i++) {
            if (previous[i] >= firstHeld) {
                newest.put(keys.at(i), previous[i]);
            } else {
                newest.remove(keys.at(i));
            }
        }
    }

    /// Leaves the chains, the oldest entry being dropped.
    void unlinkOldest(KeyIndex newest) {
        for (int i = 0; i < previous.length; i++) {
            long key = keys.at(i);
            if (newest.get(key) == position) {
                newest.remove(key);
            }
        }
    }

    /// The position before this one that has `key`, one of this event's keys; 0 or one that is no
    /// longer held when there is none.
    long previous(long key) {
        for (int i = 0; i < previous.length; i++) {
            if (keys.at(i) == key) {
                return previous[i];
            }
        }
        throw new IllegalStateException(
                "event %d is in the chain of a key that it does not have".formatted(position));
    }
}
