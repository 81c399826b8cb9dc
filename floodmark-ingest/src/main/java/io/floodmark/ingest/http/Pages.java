package io.floodmark.ingest.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.IngestLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// What the server says of itself.
final class Pages {

    private Pages() {}

    /// The members of the capabilities.
    static void capabilities(
            JsonGenerator json, ServerSettings settings, AckLevel level, boolean keys)
            throws IOException {
        json.writeStringField("ack", level.label());
        json.writeBooleanField("durable", level.durable());
        json.writeBooleanField("keys_required", keys);
        list(json, "content_types_single", Target.SINGLE.types().split(", "));
        list(json, "content_types_batch", Target.BATCH.types().split(", "));
        list(json, "content_encodings", "identity", "gzip", "zstd");
        IngestLimits limits = settings.limits();
        json.writeObjectFieldStart("limits");
        json.writeNumberField("body_bytes", limits.bodyBytesMax());
        json.writeNumberField("expansion", limits.expansionMax());
        json.writeNumberField("batch_events", limits.batchEventsMax());
        json.writeNumberField("event_bytes", limits.eventBytesMax());
        json.writeNumberField("event_depth", limits.depthMax());
        json.writeNumberField("event_members", limits.membersMax());
        json.writeNumberField("string_bytes", limits.stringBytesMax());
        json.writeNumberField("number_bytes", limits.numberBytesMax());
        json.writeNumberField("timeout_ms", settings.timeout().toMillis());
        json.writeEndObject();
    }

    private static void list(JsonGenerator json, String name, String... values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /// The description of the interface.
    static byte[] openApi() {
        try (InputStream in =
                Objects.requireNonNull(Pages.class.getResourceAsStream("openapi.yaml"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("a resource of this program cannot be read", e);
        }
    }
}
