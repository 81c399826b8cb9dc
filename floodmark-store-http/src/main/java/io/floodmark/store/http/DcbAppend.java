package io.floodmark.store.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.Event;
import io.floodmark.store.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `POST /append` asks for: `{"events": […], "condition": {"failIfEventsMatch": …, "after":
/// …}}`.
///
/// @param events to append, all or none
/// @param condition under which
record DcbAppend(List<Event> events, AppendCondition condition) {

    DcbAppend {
        events = List.copyOf(events);
    }

    static DcbAppend parse(byte[] body) {
        JsonNode root = JsonObjects.parse("the body", body, Set.of("events", "condition"));
        JsonNode given = JsonObjects.required("the body", root, "events");
        List<Event> events = new ArrayList<>();
        if (given.isObject()) {
            events.add(DcbEvents.parse(given));
        } else {
            JsonObjects.elements("events", Optional.of(given))
                    .forEach(node -> events.add(DcbEvents.parse(node)));
        }
        if (events.isEmpty()) {
            throw Refused.badRequest("events must hold at least one event");
        }
        return new DcbAppend(
                events,
                JsonObjects.member(root, "condition")
                        .map(DcbAppend::condition)
                        .orElseGet(AppendCondition::none));
    }

    private static AppendCondition condition(JsonNode node) {
        JsonObjects.object("condition", node, Set.of("failIfEventsMatch", "after"));
        long after =
                JsonObjects.member(node, "after")
                        .map(number -> JsonObjects.whole("condition.after", number))
                        .orElse(0L);
        return AppendCondition.failIfMatch(
                DcbQueries.parse(
                        "condition.failIfEventsMatch",
                        JsonObjects.required("condition", node, "failIfEventsMatch")),
                Position.of(after));
    }
}
