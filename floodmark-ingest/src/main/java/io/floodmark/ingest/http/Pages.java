package io.floodmark.ingest.http;

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
            JsonBytes json, ServerSettings settings, AckLevel level, boolean keys) {
        json.text("ack", level.label());
        json.flag("durable", level.durable());
        json.flag("keys_required", keys);
        list(json, "content_types_single", Target.SINGLE.types().split(", "));
        list(json, "content_types_batch", Target.BATCH.types().split(", "));
        list(json, "content_encodings", "identity", "gzip", "zstd");
        IngestLimits limits = settings.limits();
        json.object("limits");
        json.number("body_bytes", limits.bodyBytesMax());
        json.number("expansion", limits.expansionMax());
        json.number("batch_events", limits.batchEventsMax());
        json.number("event_bytes", limits.eventBytesMax());
        json.number("event_depth", limits.depthMax());
        json.number("event_members", limits.membersMax());
        json.number("string_bytes", limits.stringBytesMax());
        json.number("number_bytes", limits.numberBytesMax());
        json.number("timeout_ms", settings.timeout().toMillis());
        json.endObject();
    }

    private static void list(JsonBytes json, String name, String... values) {
        json.array(name);
        for (String value : values) {
            json.element(value);
        }
        json.endArray();
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
