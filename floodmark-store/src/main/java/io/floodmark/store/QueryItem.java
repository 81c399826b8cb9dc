package io.floodmark.store;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One alternative of a query: any of the types, and all of the tags, and the payload as asked. At
/// least one of the three parts asks something.
///
/// @param types at most [#MAX_TYPES], iterated in order; none means any type. Empty texts are left
///   out, because no event has such a type
/// @param tags at most [#MAX_TAGS], iterated in order; none means any tags
public record QueryItem(Set<String> types, Set<Tag> tags, PayloadPredicate payload) {

    public static final int MAX_TYPES = 256;
    public static final int MAX_TAGS = 64;

    public QueryItem {
        types = checkedTypes(types);
        Checks.atMost("tags of a query item", tags, MAX_TAGS);
        tags = Ordered.copy(tags);
        if (types.isEmpty() && tags.isEmpty() && payload instanceof PayloadPredicate.None) {
            throw new IllegalArgumentException(
                    "A query item asks for no types, tags or payload; for every event use Query.all()");
        }
    }

    private static Set<String> checkedTypes(Set<String> types) {
        TreeSet<String> kept = new TreeSet<>(types);
        kept.remove("");
        if (kept.isEmpty() && !types.isEmpty()) {
            throw new IllegalArgumentException(
                    "Only empty types were given; no event has one. Leave the types out for any type");
        }
        Checks.atMost("types of a query item", kept, MAX_TYPES);
        kept.forEach(type -> Checks.name("Event type", type, Event.MAX_TYPE_CHARS));
        return Ordered.copy(kept);
    }

    public static QueryItem ofTypes(String... types) {
        return new QueryItem(Set.copyOf(List.of(types)), Set.of(), PayloadPredicate.none());
    }

    public static QueryItem ofTags(Tag... tags) {
        return new QueryItem(Set.of(), Set.copyOf(List.of(tags)), PayloadPredicate.none());
    }

    /// Whether the event is one of those that this item asks for.
    public boolean matches(Event event) {
        return (types.isEmpty() || types.contains(event.type()))
                && event.tags().containsAll(tags)
                && payload.holdsFor(event.payload());
    }
}
