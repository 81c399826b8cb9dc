package io.floodmark.store.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Random queries and events from few types and tags, so that many of them meet; repeatable by
/// seed.
///
/// @param types how many event types there are
/// @param tags how many tags there are
/// @param eventsMin least events of one append
/// @param eventsMax most events of one append
record DcbFixture(Random random, int types, int tags, int eventsMin, int eventsMax) {

    private static final int ITEMS_MAX = 3;
    private static final int TYPES_PER_ITEM_MAX = 4;
    private static final int TAGS_PER_ITEM_MAX = 3;

    /// A query of 0 to 3 items, each with at least one type or tag; none means every event.
    ObjectNode query() {
        ObjectNode query = DcbClient.JSON.createObjectNode();
        ArrayNode items = query.putArray("items");
        for (int left = between(0, ITEMS_MAX); left > 0; left--) {
            int someTypes = between(0, TYPES_PER_ITEM_MAX);
            int someTags = between(someTypes == 0 ? 1 : 0, TAGS_PER_ITEM_MAX);
            ObjectNode item = items.addObject();
            if (someTypes > 0) {
                item.set("types", some("eventType", types, someTypes));
            }
            if (someTags > 0) {
                item.set("tags", some("tag", tags, someTags));
            }
        }
        return query;
    }

    /// Events of one append; the first carries the decision that they rest on.
    ArrayNode events(JsonNode query, long lastMatching) {
        ArrayNode events = DcbClient.JSON.createArrayNode();
        int count = between(eventsMin, eventsMax);
        for (int index = 0; index < count; index++) {
            ObjectNode data = DcbClient.JSON.createObjectNode().put("batchIndex", index);
            if (index == 0) {
                data.put("lastMatchingEventPosition", lastMatching).set("query", query);
            }
            events.addObject()
                    .put("type", "eventType" + between(1, types))
                    .put("data", data.toString())
                    .set("tags", some("tag", tags, between(0, TAGS_PER_ITEM_MAX)));
        }
        return events;
    }

    private ArrayNode some(String prefix, int of, int count) {
        List<Integer> numbers = new ArrayList<>(IntStream.rangeClosed(1, of).boxed().toList());
        Collections.shuffle(numbers, random);
        ArrayNode some = DcbClient.JSON.createArrayNode();
        numbers.subList(0, count).forEach(number -> some.add(prefix + number));
        return some;
    }

    private int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
