package io.floodmark.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// All steps of building a query in one immutable record; what may follow what is said by the
/// interfaces alone.
///
/// @param finished the items before the current one
/// @param bounds of the read; everything until said otherwise
record QueryDraft(
        List<QueryItem> finished,
        Set<String> types,
        Set<Tag> tags,
        PayloadPredicate payload,
        ReadBounds bounds)
        implements QueryStages.Start,
                QueryStages.NewItem,
                QueryStages.AnyEvent,
                QueryStages.Item,
                QueryStages.Typed,
                QueryStages.Tagged,
                QueryStages.Matched,
                QueryStages.TypedTagged,
                QueryStages.TypedMatched,
                QueryStages.TaggedMatched,
                QueryStages.From,
                QueryStages.Bounded {

    static final QueryDraft EMPTY = startingAfter(List.of());

    private static QueryDraft startingAfter(List<QueryItem> finished) {
        return new QueryDraft(
                finished, Set.of(), Set.of(), PayloadPredicate.none(), ReadBounds.everything());
    }

    @Override
    public QueryDraft anyEvent() {
        return EMPTY;
    }

    @Override
    public QueryDraft types(String first, String... more) {
        return new QueryDraft(finished, set(first, more), tags, payload, bounds);
    }

    @Override
    public QueryDraft tags(Tag first, Tag... more) {
        return new QueryDraft(finished, types, set(first, more), payload, bounds);
    }

    @Override
    public QueryDraft anyPayload(PayloadMatch first, PayloadMatch... more) {
        var any = new PayloadPredicate.AnyOf(set(first, more));
        return new QueryDraft(finished, types, tags, any, bounds);
    }

    @Override
    public QueryDraft allPayload(PayloadMatch first, PayloadMatch... more) {
        var all = new PayloadPredicate.AllOf(set(first, more));
        return new QueryDraft(finished, types, tags, all, bounds);
    }

    @Override
    public QueryDraft or() {
        return startingAfter(items());
    }

    @Override
    public Query build() {
        return equals(EMPTY) ? Query.all() : new Query(items());
    }

    @Override
    public QueryDraft occurredFrom(Instant from) {
        return within(ReadBounds.occurredFrom(from));
    }

    @Override
    public QueryDraft occurredUntil(Instant until) {
        return within(
                switch (bounds) {
                    case ReadBounds.Occurred(var from, var _) when from.isPresent() ->
                            ReadBounds.occurredBetween(from.get(), until);
                    case ReadBounds.Occurred _, ReadBounds.Everything _, ReadBounds.After _ ->
                            ReadBounds.occurredUntil(until);
                });
    }

    @Override
    public QueryDraft after(Position position) {
        return within(ReadBounds.after(position));
    }

    @Override
    public ReadRequest request() {
        Query query = within(ReadBounds.everything()).build();
        return new ReadRequest(query, bounds, Consistency.strong());
    }

    private QueryDraft within(ReadBounds other) {
        return new QueryDraft(finished, types, tags, payload, other);
    }

    private List<QueryItem> items() {
        var items = new ArrayList<>(finished);
        items.add(new QueryItem(types, tags, payload));
        return List.copyOf(items);
    }

    private static <T extends Comparable<T>> Set<T> set(T first, T[] more) {
        var set = new TreeSet<T>();
        set.add(first);
        Collections.addAll(set, more);
        return set;
    }
}
