package io.floodmark.store.tck;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.Tag;
import java.time.Instant;
import java.util.List;

/// Ten events about books and readers, which the shapes of [FilterShape] tell apart.
final class Library {

    static final Tag BOOK_1 = Tag.of("book", "1");
    static final Tag BOOK_2 = Tag.of("book", "2");
    static final Tag ANN = Tag.of("reader", "Ann");
    static final PayloadMatch ID_1 = PayloadMatch.of("BookID", "1");
    static final PayloadMatch ID_2 = PayloadMatch.of("BookID", "2");
    static final PayloadMatch TO_ANN = PayloadMatch.of("ReaderID", "Ann");
    static final PayloadMatch TO_BEN = PayloadMatch.of("ReaderID", "Ben");

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private Library() {}

    /// The moment of the event at this position; only the last occurred out of order, see there.
    static Instant minute(int minutes) {
        return START.plusSeconds(60L * minutes);
    }

    static List<Event> events() {
        return List.of(
                event(1, "Bought", "{\"BookID\": \"1\"}", BOOK_1),
                event(2, "Lent", "{\"BookID\": \"1\", \"ReaderID\": \"Ann\"}", BOOK_1, ANN),
                event(3, "Bought", "{\"BookID\": \"2\"}", BOOK_2),
                event(4, "Returned", "{\"ReaderID\": \"Ann\", \"BookID\": \"1\"}", BOOK_1, ANN),
                event(5, "Lent", "{\"BookID\": \"2\", \"ReaderID\": \"Ann\"}", BOOK_2, ANN),
                event(6, "Joined", "{\"ReaderID\": \"Ben\"}"),
                event(7, "Lent", "{\"BookID\": \"1\", \"ReaderID\": \"Ben\"}", BOOK_1),
                event(8, "Removed", "{\"BookID\": \"2\"}", BOOK_2),
                // Neither numbers nor nested members are what a payload match asks for.
                event(9, "Noted", "{\"BookID\": 1, \"in\": {\"BookID\": \"1\"}}"),
                // Occurred with the third, told last.
                event(3, "Lent", "{\"BookID\": \"3\", \"ReaderID\": \"Ben\"}", ANN));
    }

    private static Event event(int minute, String type, String payload, Tag... tags) {
        return Event.draft(type)
                .payload(Json.of(payload))
                .tags(List.of(tags))
                .occurredAt(minute(minute))
                .build();
    }
}
