package io.floodmark.store;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event in the making. What is left unsaid gets the usual value: a new id of version 7, no
/// tags, empty payload and metadata, and now as its time. For one thread.
public final class EventDraft {

    private final String type;
    private final SequencedSet<Tag> tags = new LinkedHashSet<>();
    private Json payload = Json.EMPTY_OBJECT;
    private Json metadata = Json.EMPTY_OBJECT;
    private TimeAndChance source = TimeAndChance.system();
    private @Nullable UUID id;
    private @Nullable Instant occurredAt;

    EventDraft(String type) {
        this.type = type;
    }

    public EventDraft id(UUID id) {
        this.id = id;
        return this;
    }

    /// Adds the tag `key=value`.
    public EventDraft tag(String key, String value) {
        tags.add(Tag.of(key, value));
        return this;
    }

    /// Adds to the tags given so far.
    public EventDraft tags(Collection<Tag> more) {
        tags.addAll(more);
        return this;
    }

    public EventDraft payload(Json payload) {
        this.payload = payload;
        return this;
    }

    public EventDraft metadata(Json metadata) {
        this.metadata = metadata;
        return this;
    }

    public EventDraft occurredAt(Instant occurredAt) {
        this.occurredAt = occurredAt;
        return this;
    }

    /// Takes the id and the time from here instead of from the machine.
    public EventDraft from(TimeAndChance source) {
        this.source = source;
        return this;
    }

    /// The event; each call makes a new id unless one was given.
    public Event build() {
        return new Event(
                id != null ? id : EventIds.next(source),
                type,
                tags,
                payload,
                metadata,
                occurredAt != null ? occurredAt : source.clock().instant());
    }
}
