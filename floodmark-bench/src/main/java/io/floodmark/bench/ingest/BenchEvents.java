package io.floodmark.bench.ingest;

import io.floodmark.ingest.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;

/// Events as a shop sends them, about 240 bytes each, with ids of UUID version 7 that grow with
/// their number.
public final class BenchEvents {
    /// When the first of them occurred: 2026-11-21T10:00Z.
    static final long MICROS = 1_795_255_200_000_000L;

    public static final String TYPE = "page_view";

    private static final long MILLIS = MICROS / 1_000;
    private static final int PER_MILLI = 64;
    private static final int USERS = 10_000;
    private static final int DIGITS = 12;
    private static final HexFormat HEX = HexFormat.of();

    private static final List<Template> TEMPLATES =
            LongStream.range(0, USERS).mapToObj(Template::of).toList();

    private BenchEvents() {}

    /// Of the event with that number.
    public static String id(long number) {
        String time = HEX.toHexDigits(MILLIS + number / PER_MILLI, DIGITS);
        return time.substring(0, 8)
                + '-'
                + time.substring(8)
                + "-7000-8000-"
                + HEX.toHexDigits(number, DIGITS);
    }

    /// The first half of its id.
    static long idHigh(long number) {
        return (MILLIS + number / PER_MILLI) << 16 | 0x7000;
    }

    /// The second half of its id.
    static long idLow(long number) {
        return 0x8000L << 48 | number;
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
        List<WireEvent> events = new ArrayList<>(count);
        for (long number = first; number < first + count; number++) {
            Template template = TEMPLATES.get((int) (number % USERS));
            String id = id(number);
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
