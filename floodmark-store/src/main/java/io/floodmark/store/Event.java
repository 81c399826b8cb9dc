package io.floodmark.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Something that happened, as the application tells it to the store.
///
/// @param id unique in the store, so that an append may be repeated safely
/// @param type 1 to [#MAX_TYPE_CHARS] chars without control characters
/// @param tags at most [#MAX_TAGS]; iterated in the order of their texts
/// @param payload a JSON object; its bytes are kept exactly
/// @param metadata a JSON object beside the facts, such as a correlation id
/// @param occurredAt when it happened by the application's clock; cut to microseconds
public record Event(
        UUID id, String type, Set<Tag> tags, Json payload, Json metadata, Instant occurredAt) {

    public static final int MAX_TYPE_CHARS = 128;
    public static final int MAX_TAGS = 64;

    public Event {
        Checks.name("Event type", type, MAX_TYPE_CHARS);
        Checks.atMost("tags of an event", tags, MAX_TAGS);
        tags = Ordered.copy(tags);
        checkObject("payload", type, payload);
        checkObject("metadata", type, metadata);
        occurredAt = Checks.micros("occurredAt", occurredAt);
    }

    private static void checkObject(String part, String type, Json json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException(
                    "The %s of event type '%s' must be a JSON object, such as {}"
                            .formatted(part, type));
        }
    }

    /// An event that occurred now, with a new id and empty metadata.
    public static Event of(String type, Json payload, Tag... tags) {
        return draft(type).payload(payload).tags(List.of(tags)).build();
    }

    /// Starts an event of which more is to be said.
    public static EventDraft draft(String type) {
        return new EventDraft(type);
    }
}
