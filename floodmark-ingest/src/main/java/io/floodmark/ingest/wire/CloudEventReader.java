package io.floodmark.ingest.wire;

import io.floodmark.ingest.Entry;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads CloudEvents 1.0 in their JSON form. The wire form keeps them whole:
///
/// ```
/// {"event_id": "source#id", "event_type": type, "timestamp": time, "cloudevent": {…as it came…}}
/// ```
///
/// Their source and id together are the event's id, because only together they are unique; the key
/// is `partitionkey`, else `subject`. *Threads:* for one.
final class CloudEventReader implements EntryReader {
    private static final int ATTRIBUTE_BYTES_MAX = 1024;
    private static final int ID_BYTES_MAX = 512;
    private static final String VERSION = "1.0";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,64}");
    private static final Set<String> REQUIRED = Set.of("specversion", "id", "source", "type");

    private final JsonCursor cursor;
    private final Arrival arrival;
    private final Findings findings;
    private final Map<String, String> texts = new HashMap<>();
    private OptionalLong occurredMicros = OptionalLong.empty();
    private boolean data;

    CloudEventReader(JsonCursor cursor, IngestLimits limits, Arrival arrival) {
        this.cursor = cursor;
        this.arrival = arrival;
        this.findings = new Findings(cursor, limits);
    }

    @Override
    public Entry read(int index) {
        findings.begin();
        texts.clear();
        occurredMicros = OptionalLong.empty();
        data = false;
        boolean object = cursor.next() == '{';
        int start = cursor.position();
        if (object) {
            members();
            required(start);
        } else {
            cursor.value(0);
            findings.invalid("", start, "a CloudEvent must be an object");
        }
        int end = cursor.position();
        findings.length(start, end);
        Rejection wrong = findings.first();
        return wrong == null ? event(start, end) : wrong;
    }

    private void members() {
        for (boolean more = cursor.open('{', '}', "a CloudEvent"); more; more = cursor.more('}')) {
            member();
        }
    }

    private void member() {
        cursor.name();
        int nameAt = cursor.stringStart();
        String name = JsonText.last(cursor);
        String pointer = JsonText.pointer(name);
        if (name.equals("data") || name.equals("data_base64")) {
            if (data) {
                findings.invalid(pointer, nameAt, "is there twice, or both forms of data are");
            }
            data = true;
            cursor.value(1);
        } else if (!NAME.matcher(name).matches()) {
            findings.invalid(pointer, nameAt, "attributes have names of a-z and 0-9 only");
            cursor.value(1);
        } else {
            attribute(name, pointer, nameAt);
        }
        findings.flawIn(pointer);
    }

    private void attribute(String name, String pointer, int nameAt) {
        byte first = cursor.next();
        if (first == '"') {
            if (findings.text(pointer, ATTRIBUTE_BYTES_MAX)) {
                text(name, pointer, nameAt);
            }
            return;
        }
        cursor.value(1);
        boolean standard = REQUIRED.contains(name) || name.equals("time") || name.equals("subject");
        if ((standard && first != 'n') || REQUIRED.contains(name)) {
            findings.invalid(pointer, nameAt, "must be a text");
        } else if (first == '{' || first == '[') {
            findings.invalid(pointer, nameAt, "attributes hold no objects or arrays");
        }
    }

    private void text(String name, String pointer, int nameAt) {
        String text = JsonText.last(cursor);
        if (texts.put(name, text) != null) {
            findings.invalid(pointer, nameAt, "is there twice");
        }
        if (name.equals("time")) {
            occurredMicros =
                    Rfc3339.micros(cursor.text(), cursor.stringStart(), cursor.stringEnd());
            if (occurredMicros.isEmpty()) {
                findings.invalid(pointer, nameAt, "must be a time of RFC 3339");
            }
        }
        if (name.equals("specversion") && !text.equals(VERSION)) {
            findings.invalid(pointer, nameAt, "must be " + VERSION);
        }
    }

    private void required(int start) {
        for (String name : REQUIRED.stream().sorted().toList()) {
            if (!texts.containsKey(name)) {
                findings.invalid("/" + name, start, "is missing");
            }
        }
        int idBytes = text("source").length() + text("id").length() + 1;
        if (idBytes > ID_BYTES_MAX) {
            findings.invalid(
                    "/id",
                    start,
                    "source and id together have %d characters, the limit is %d"
                            .formatted(idBytes, ID_BYTES_MAX));
        }
    }

    private String text(String name) {
        return Objects.requireNonNullElse(texts.get(name), "");
    }

    private WireEvent event(int start, int end) {
        String id = text("source") + "#" + text("id");
        String type = text("type");
        String time = texts.getOrDefault("time", arrival.received().toString());
        String key =
                texts.containsKey("partitionkey")
                        ? texts.get("partitionkey")
                        : texts.get("subject");
        String head =
                "{\"event_id\":%s,\"event_type\":%s,\"timestamp\":%s,\"cloudevent\":"
                        .formatted(
                                JsonText.quoted(id), JsonText.quoted(type), JsonText.quoted(time));
        byte[] json = Bytes.joined(head, cursor.text(), start, end, "}");
        return new WireEvent(
                new WireEvent.Names(id, type, key),
                occurredMicros.orElse(arrival.receivedMicros()),
                json,
                0,
                json.length);
    }
}
