package io.floodmark.ingest.wire;

import io.floodmark.ingest.Entry;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads events in their own form. One that has its id and time is used where it lies in the body;
/// otherwise what it lacks is put in front of its members, in a copy. *Threads:* for one.
final class EventReader implements EntryReader {
    private final JsonCursor cursor;
    private final Arrival arrival;
    private final Findings findings;

    private final EnumSet<Field> seen = EnumSet.noneOf(Field.class);
    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String user;
    private @Nullable String anonymous;
    private @Nullable String session;
    private long occurredMicros;

    EventReader(JsonCursor cursor, IngestLimits limits, Arrival arrival) {
        this.cursor = cursor;
        this.arrival = arrival;
        this.findings = new Findings(cursor, limits);
    }

    @Override
    public Entry read(int index) {
        begin();
        boolean object = cursor.next() == '{';
        int start = cursor.position();
        if (object) {
            members();
        } else {
            cursor.value(0);
            findings.invalid("", start, "an event must be an object");
        }
        int end = cursor.position();
        if (object && type == null) {
            findings.invalid(Field.EVENT_TYPE.pointer(), start, "is missing");
        }
        findings.length(start, end);
        Rejection wrong = findings.first();
        return wrong == null ? event(index, start, end) : wrong;
    }

    private void begin() {
        findings.begin();
        seen.clear();
        id = null;
        type = null;
        user = null;
        anonymous = null;
        session = null;
    }

    private void members() {
        for (boolean more = cursor.open('{', '}', "an event"); more; more = cursor.more('}')) {
            member();
        }
    }

    private void member() {
        cursor.name();
        int nameAt = cursor.stringStart();
        Field field = field();
        if (field == null) {
            String pointer = JsonText.pointer(JsonText.last(cursor));
            findings.invalid(pointer, nameAt, "is no member of an event; put it into properties");
            cursor.value(1);
            findings.flawIn(pointer);
            return;
        }
        if (!seen.add(field)) {
            findings.invalid(field.pointer(), nameAt, "is there twice");
        }
        value(field);
        findings.flawIn(field.pointer());
    }

    private @Nullable Field field() {
        if (cursor.escaped()) {
            byte[] name = JsonText.last(cursor).getBytes(StandardCharsets.UTF_8);
            return Field.named(name, 0, name.length);
        }
        return Field.named(cursor.text(), cursor.stringStart(), cursor.stringEnd());
    }

    private void value(Field field) {
        int start = cursor.position();
        switch (field.kind()) {
            case REQUIRED -> text(field);
            case TEXT -> {
                if (!findings.tookNull()) {
                    text(field);
                }
            }
            case TIME -> time(field, start);
            case NUMBER -> number(field, start);
            case CURRENCY -> currency(field, start);
            case OBJECT -> {
                byte first = cursor.next();
                cursor.value(1);
                if (first != '{' && first != 'n') {
                    findings.invalid(field.pointer(), start, "must be an object");
                }
            }
        }
    }

    private void text(Field field) {
        if (findings.text(field.pointer(), field.bytesMax())) {
            keep(field);
        }
    }

    private void number(Field field, int start) {
        byte first = cursor.next();
        if (!findings.tookNull()) {
            cursor.value(1);
            if (first != '-' && (first < '0' || first > '9')) {
                findings.invalid(field.pointer(), start, "must be a number");
            }
        }
    }

    private void keep(Field field) {
        switch (field) {
            case EVENT_ID -> id = JsonText.last(cursor);
            case EVENT_TYPE -> type = JsonText.last(cursor);
            case USER_ID -> user = JsonText.last(cursor);
            case ANONYMOUS_ID -> anonymous = JsonText.last(cursor);
            case SESSION_ID -> session = JsonText.last(cursor);
            case TIMESTAMP,
                    CAMPAIGN,
                    SOURCE,
                    MEDIUM,
                    CHANNEL,
                    REFERRER,
                    CLICK_ID,
                    REVENUE,
                    CURRENCY,
                    PROPERTIES -> {
                // Only travels in the JSON.
            }
        }
    }

    private void time(Field field, int start) {
        if (findings.text(field.pointer(), field.bytesMax())) {
            OptionalLong micros =
                    Rfc3339.micros(cursor.text(), cursor.stringStart(), cursor.stringEnd());
            occurredMicros = micros.orElse(0);
            if (micros.isEmpty()) {
                findings.invalid(
                        field.pointer(),
                        start,
                        "must be a time of RFC 3339 such as 2026-11-21T14:05:09.123Z");
            }
        }
    }

    private void currency(Field field, int start) {
        if (findings.tookNull() || !findings.text(field.pointer(), field.bytesMax())) {
            return;
        }
        boolean code = cursor.stringEnd() - cursor.stringStart() == 3;
        for (int i = cursor.stringStart(); code && i < cursor.stringEnd(); i++) {
            code = cursor.text()[i] >= 'A' && cursor.text()[i] <= 'Z';
        }
        if (!code) {
            findings.invalid(
                    field.pointer(), start, "must be three capital letters of ISO 4217, as EUR");
        }
    }

    private WireEvent event(int index, int start, int end) {
        String type = this.type == null ? "" : this.type;
        String key = user != null ? user : anonymous != null ? anonymous : session;
        boolean timed = seen.contains(Field.TIMESTAMP);
        if (id != null && timed) {
            WireEvent.Names names = new WireEvent.Names(id, type, key);
            return new WireEvent(names, occurredMicros, cursor.text(), start, end - start);
        }
        String given = id != null ? id : arrival.idOf(index, cursor.text(), start, end);
        StringBuilder added = new StringBuilder("{");
        if (id == null) {
            added.append("\"event_id\":").append(JsonText.quoted(given)).append(',');
        }
        if (!timed) {
            added.append("\"timestamp\":\"").append(arrival.received()).append("\",");
        }
        long micros = timed ? occurredMicros : arrival.receivedMicros();
        byte[] json = Bytes.joined(added.toString(), cursor.text(), start + 1, end, "");
        return new WireEvent(new WireEvent.Names(given, type, key), micros, json, 0, json.length);
    }
}
