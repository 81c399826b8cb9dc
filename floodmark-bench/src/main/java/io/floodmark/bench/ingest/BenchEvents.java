package io.floodmark.bench.ingest;

import io.floodmark.ingest.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Events as a shop sends them, about 240 bytes each.
public final class BenchEvents {
    /// When the first of them occurred: 2026-11-21T10:00Z.
    static final long MICROS = 1_795_255_200_000_000L;

    public static final String TYPE = "page_view";

    private static final int USERS = 10_000;

    private static final List<Template> TEMPLATES =
            LongStream.range(0, USERS).mapToObj(Template::of).toList();

    private BenchEvents() {}

    /// The usual id of the event with that number.
    public static String id(long number) {
        return EventIds.TIME_ORDERED.of(number);
    }

    static String key(long number) {
        return "user-" + number % USERS;
    }

    /// Its JSON.
    public static String json(long number, String id) {
        return "{\"event_id\":\""
                + id
                + "\",\"event_type\":\""
                + TYPE
                + "\",\"timestamp\":\"2026-11-21T10:00:00.000Z\",\"user_id\":\""
                + key(number)
                + "\",\"campaign\":\"autumn\",\"source\":\"newsletter\",\"properties\":{\"path\":\"/shop/item/"
                + number % 5_000
                + "\",\"price\":19.90,\"tags\":[\"a\",\"b\"]}}";
    }

    /// So many from this number on. Made from templates, so that the making costs little beside
    /// what is measured.
    public static List<WireEvent> wire(long first, int count) {
        return wire(EventIds.TIME_ORDERED, first, count);
    }

    /// The same with these ids.
    static List<WireEvent> wire(EventIds ids, long first, int count) {
        List<WireEvent> events = new ArrayList<>(count);
        for (long number = first; number < first + count; number++) {
            Template template = TEMPLATES.get((int) (number % USERS));
            String id = ids.of(number);
            byte[] json = template.with(id);
            events.add(
                    new WireEvent(
                            new WireEvent.Names(id, TYPE, template.key()),
                            MICROS,
                            json,
                            0,
                            json.length));
        }
        return events;
    }

    /// What all events have in common whose numbers leave this rest.
    ///
    /// @param json with some id
    private record Template(String key, String json) {
        private static final int ID_OFFSET = "{\"event_id\":\"".length();

        static Template of(long number) {
            return new Template(
                    BenchEvents.key(number), BenchEvents.json(number, BenchEvents.id(0)));
        }

        byte[] with(String id) {
            byte[] bytes = json.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(
                    id.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, ID_OFFSET, id.length());
            return bytes;
        }
    }
}
