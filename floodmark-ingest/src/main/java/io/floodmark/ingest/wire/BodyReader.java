package io.floodmark.ingest.wire;

import io.floodmark.ingest.Entry;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Rejection;
import java.util.ArrayList;
import java.util.List;

/// Reads bodies into events and rejections, in their order. *Threads:* for all.
public final class BodyReader {
    private final IngestLimits limits;

    public BodyReader(IngestLimits limits) {
        this.limits = limits;
    }

    /// What the first `length` bytes of `body` hold. The events refer to `body`, which must not
    /// change any more.
    ///
    /// @throws MalformedBody when nothing in it can be taken
    /// @throws BodyTooLarge when it holds more events than allowed
    public List<Entry> read(BodyFormat format, byte[] body, int length, Arrival arrival) {
        JsonCursor cursor = new JsonCursor(body, 0, length, limits);
        List<Entry> entries = new ArrayList<>();
        switch (format) {
            case EVENT -> entries.add(new EventReader(cursor, limits, arrival).read(0));
            case CLOUD_EVENT -> entries.add(new CloudEventReader(cursor, limits, arrival).read(0));
            case BATCH -> batch(cursor, new EventReader(cursor, limits, arrival), entries);
            case CLOUD_EVENTS ->
                    array(cursor, new CloudEventReader(cursor, limits, arrival), entries);
            case LINES -> {
                lines(cursor, length, new EventReader(cursor, limits, arrival), entries);
                return entries;
            }
        }
        if (!cursor.atEnd()) {
            throw cursor.expected("nothing more");
        }
        return entries;
    }

    private void batch(JsonCursor cursor, EntryReader reader, List<Entry> entries) {
        if (cursor.next() == '[') {
            array(cursor, reader, entries);
            return;
        }
        cursor.expect('{', "an array of events, or {\"events\": […]}");
        cursor.name();
        if (cursor.escaped() || !JsonText.last(cursor).equals("events")) {
            throw new MalformedBody(
                    cursor.stringStart(), "the only member beside the events must be \"events\"");
        }
        array(cursor, reader, entries);
        cursor.expect('}', "'}' after the events");
    }

    private void array(JsonCursor cursor, EntryReader reader, List<Entry> entries) {
        for (boolean more = cursor.open('[', ']', "an array of events");
                more;
                more = cursor.more(']')) {
            add(entries, reader.read(entries.size()));
        }
    }

    private void lines(JsonCursor cursor, int length, EntryReader reader, List<Entry> entries) {
        byte[] text = cursor.text();
        int start = 0;
        while (start < length) {
            int end = start;
            while (end < length && text[end] != '\n') {
                end++;
            }
            cursor.moveTo(start, end);
            if (!cursor.atEnd()) {
                add(entries, line(cursor, reader, entries.size()));
            }
            start = end + 1;
        }
    }

    private static Entry line(JsonCursor cursor, EntryReader reader, int index) {
        try {
            Entry entry = reader.read(index);
            if (!cursor.atEnd()) {
                throw cursor.expected("nothing more on the line");
            }
            return entry;
        } catch (MalformedBody e) {
            return new Rejection(Rejection.Code.MALFORMED, "", e.offset(), e.reason());
        }
    }

    private void add(List<Entry> entries, Entry entry) {
        if (entries.size() == limits.batchEventsMax()) {
            throw new BodyTooLarge(
                    "more than %d events in one body".formatted(limits.batchEventsMax()));
        }
        entries.add(entry);
    }
}
