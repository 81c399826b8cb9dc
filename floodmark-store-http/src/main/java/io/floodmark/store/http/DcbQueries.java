package io.floodmark.store.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Queries in the form of dcb.events: `{"items": [{"types": […], "tags": […]}]}`.
///
/// No items, or no query at all, means every event. Beyond that form nothing is understood.
final class DcbQueries {
    private DcbQueries() {}

    static Query parse(String what, JsonNode node) {
        JsonObjects.object(what, node, Set.of("items"));
        List<QueryItem> items = new ArrayList<>();
        for (JsonNode item :
                JsonObjects.elements(what + ".items", JsonObjects.member(node, "items"))) {
            items.add(item(what + ".items", item));
        }
        return items.isEmpty() ? Query.all() : query(what, items);
    }

    private static QueryItem item(String what, JsonNode node) {
        JsonObjects.object("each of " + what, node, Set.of("types", "tags"));
        List<String> types = JsonObjects.texts(what, node, "types");
        List<String> tags = JsonObjects.texts(what, node, "tags");
        try {
            return new QueryItem(
                    new HashSet<>(types),
                    tags.stream().map(Tag::new).collect(Collectors.toSet()),
                    PayloadPredicate.none());
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest(what + ": " + e.getMessage());
        }
    }

    private static Query query(String what, List<QueryItem> items) {
        try {
            return new Query(items);
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest(what + ": " + e.getMessage());
        }
    }
}
