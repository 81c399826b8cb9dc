package io.floodmark.store.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.floodmark.store.Event;
import io.floodmark.store.EventDraft;
import io.floodmark.store.Json;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Events in the form of dcb.events: `{"type", "tags", "data"}`, with `"position"` when read. The
/// member `data` is any text.
///
/// Data that is a JSON object becomes the event's payload as it is, byte for byte. Any other text
/// becomes the member `data` of the payload, and the metadata says so, so that it comes back as it
/// was.
final class DcbEvents {
    private static final Json WRAPPED = Json.of("{\"dcbData\":\"text\"}");
    private static final Set<String> MEMBERS = Set.of("type", "tags", "data");
    private static final JsonMapper JSON = new JsonMapper();

    private DcbEvents() {}

    static Event parse(JsonNode node) {
        JsonObjects.object("each event", node, MEMBERS);
        String type =
                JsonObjects.text("event.type", JsonObjects.required("each event", node, "type"));
        List<String> tags = JsonObjects.texts("event", node, "tags");
        String data =
                JsonObjects.text("event.data", JsonObjects.required("each event", node, "data"));
        try {
            return event(type, tags.stream().map(Tag::new).collect(Collectors.toSet()), data);
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("event: " + e.getMessage());
        }
    }

    private static Event event(String type, Set<Tag> tags, String data) {
        Optional<Json> object = object(data);
        EventDraft draft = Event.draft(type).tags(tags);
        return object.map(draft::payload)
                .orElseGet(() -> draft.payload(wrapped(data)).metadata(WRAPPED))
                .build();
    }

    private static Optional<Json> object(String data) {
        try {
            return Optional.of(Json.of(data)).filter(Json::isObject);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Writes an event as read.
    static void write(RecordedEvent recorded, JsonGenerator to) throws IOException {
        Event event = recorded.event();
        to.writeStartObject();
        to.writeNumberField("position", recorded.position().value());
        to.writeStringField("type", event.type());
        to.writeArrayFieldStart("tags");
        for (String tag : event.tags().stream().map(Tag::text).toList()) {
            to.writeString(tag);
        }
        to.writeEndArray();
        to.writeStringField("data", data(event));
        to.writeEndObject();
    }

    private static String data(Event event) throws IOException {
        String payload = event.payload().toString();
        return event.metadata().equals(WRAPPED)
                ? JSON.readTree(payload).path("data").asText()
                : payload;
    }

    private static Json wrapped(String data) {
        return Json.of(JsonNodeFactory.instance.objectNode().put("data", data).toString());
    }

    /// About how much memory an event takes.
    static long bytes(RecordedEvent recorded) {
        Event event = recorded.event();
        return 256L + event.payload().size() + event.metadata().size();
    }
}
