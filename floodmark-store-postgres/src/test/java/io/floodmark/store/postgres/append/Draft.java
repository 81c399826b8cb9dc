package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Short words for events, conditions and results in tests.
final class Draft {
    static final Duration TIMEOUT = Duration.ofSeconds(20);
    static final AppendCondition ALWAYS = AppendCondition.none();

    private Draft() {}

    static Event event(String book) {
        return Event.of("Lent", Json.of("{\"BookID\":\"" + book + "\"}"), Tag.of("BookID", book));
    }

    static List<Event> events(int count) {
        return IntStream.range(0, count).mapToObj(i -> event("b" + i)).toList();
    }

    static Query book(String book) {
        return Query.of(QueryItem.ofTags(Tag.of("BookID", book)));
    }

    static AppendCondition unlessLent(String book, long after) {
        return AppendCondition.failIfMatch(book(book), Position.of(after));
    }

    static AppendResult at(long first, long last) {
        return new AppendResult.Appended(Position.of(first), Position.of(last));
    }

    static AppendResult at(long position) {
        return at(position, position);
    }
}
