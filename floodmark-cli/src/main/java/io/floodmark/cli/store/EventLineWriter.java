package io.floodmark.cli.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import java.io.IOException;
import java.io.OutputStream;

/// Writes events as lines of JSON, one each (NDJSON), in UTF-8.
///
/// Members: `position`, `id`, `type`, `tags`, `payload`, `metadata`, `occurredAt`, `recordedAt`.
/// Payload and metadata stand as they are, byte for byte; where they hold line ends, or blanks
/// around them, they stand as a string in `payloadText` or `metadataText` instead, so that nothing
/// of them is lost and a line stays a line. For one thread.
public final class EventLineWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .build();

    private final OutputStream to;

    /// Lines on `to`, which is neither flushed nor closed.
    public EventLineWriter(OutputStream to) {
        this.to = to;
    }

    /// Writes one line.
    public void write(RecordedEvent recorded) throws IOException {
        Event event = recorded.event();
        try (JsonGenerator json = JSON.createGenerator(to)) {
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            json.writeNumberField("position", recorded.position().value());
            json.writeStringField("id", event.id().toString());
            json.writeStringField("type", event.type());
            json.writeArrayFieldStart("tags");
            for (Tag tag : event.tags()) {
                json.writeString(tag.text());
            }
            json.writeEndArray();
            write(json, "payload", event.payload());
            write(json, "metadata", event.metadata());
            json.writeStringField("occurredAt", event.occurredAt().toString());
            json.writeStringField("recordedAt", recorded.recordedAt().toString());
            json.writeEndObject();
        }
        to.write('\n');
    }

    private static void write(JsonGenerator json, String name, Json value) throws IOException {
        if (standsInALine(value.sharedUtf8())) {
            json.writeFieldName(name);
            json.writeRawValue(value.toString());
        } else {
            json.writeStringField(name + "Text", value.toString());
        }
    }

    private static boolean standsInALine(byte[] utf8) {
        if (utf8[0] != '{' || utf8[utf8.length - 1] != '}') {
            return false;
        }
        for (byte one : utf8) {
            if (one == '\n' || one == '\r') {
                return false;
            }
        }
        return true;
    }
}
