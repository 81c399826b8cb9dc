package io.floodmark.ingest.flow;

import io.floodmark.ingest.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// Events for tests.
public final class Events {

    private Events() {}

    /// One with that id.
    public static WireEvent event(String id) {
        return event(id, "page_view", "{\"event_id\":\"" + id + "\",\"event_type\":\"page_view\"}");
    }

    /// One of that type and with that JSON.
    public static WireEvent event(String id, String type, String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        return new WireEvent(new WireEvent.Names(id, type, null), 0, utf8, 0, utf8.length);
    }

    /// So many, with ids that begin so.
    public static List<WireEvent> many(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> event(prefix + i)).toList();
    }
}
