package io.floodmark.store.postgres.append;

import io.floodmark.store.PayloadMatch;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.row.TagHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which keys an event must have to match one item of a query: narrows the search, never decides.
sealed interface ItemKeys {
    /// Every match has all of these keys, at least one.
    record Every(List<Long> keys) implements ItemKeys {}

    /// Every match has at least one of these keys.
    record Any(List<Long> keys) implements ItemKeys {}

    /// Nothing is known of the keys of a match.
    record Unknown() implements ItemKeys {}

    /// The keys of each item of `query`; of one unknown item when it matches every event.
    static List<ItemKeys> of(Query query, Set<String> promotedKeys) {
        if (query.isAll()) {
            return List.of(new Unknown());
        }
        return query.items().stream().map(item -> of(item, promotedKeys)).toList();
    }

    private static ItemKeys of(QueryItem item, Set<String> promotedKeys) {
        var every = new ArrayList<Long>();
        for (Tag tag : item.tags()) {
            every.add(TagHash.of(tag));
        }
        if (item.payload() instanceof PayloadPredicate.AllOf(var matches)) {
            matches.stream()
                    .filter(match -> promotedKeys.contains(match.key()))
                    .forEach(match -> every.add(TagHash.of(match)));
        }
        if (!every.isEmpty()) {
            return new Every(List.copyOf(every));
        }
        if (item.payload() instanceof PayloadPredicate.AnyOf(var matches)
                && matches.stream().map(PayloadMatch::key).allMatch(promotedKeys::contains)) {
            return new Any(matches.stream().map(TagHash::of).toList());
        }
        return item.types().isEmpty()
                ? new Unknown()
                : new Any(item.types().stream().map(EncodedEvent::typeKey).toList());
    }
}
