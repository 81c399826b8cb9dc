package io.floodmark.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/// Which events are meant: those that match at least one item, or, if said expressly, all. It has
/// no bounds of time or position; those belong to a [ReadRequest]. Equal queries have equal hashes,
/// in whatever order their parts were given. Immutable.
public final class Query {

    public static final int MAX_ITEMS = 64;

    private static final Query ALL = new Query();

    private final List<QueryItem> items;
    private final String text;

    private Query() {
        items = List.of();
        text = QueryText.of(items);
    }

    /// The events that match at least one of the items.
    ///
    /// @param items 1 to [#MAX_ITEMS] after duplicates are left out
    public Query(Collection<QueryItem> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException(
                    "A query without items is not meant to be all events; for those use Query.all()");
        }
        this.items = sorted(items);
        Checks.atMost("items of a query", this.items, MAX_ITEMS);
        text = QueryText.of(this.items);
    }

    private static List<QueryItem> sorted(Collection<QueryItem> items) {
        var byText = new TreeMap<String, QueryItem>(Comparator.naturalOrder());
        items.forEach(item -> byText.put(QueryText.of(item), item));
        return List.copyOf(byText.values());
    }

    public static Query of(QueryItem... items) {
        return new Query(List.of(items));
    }

    /// Every event of the log. As an append condition it fails after any other append.
    public static Query all() {
        return ALL;
    }

    /// Starts a query in steps; what makes no sense does not compile.
    public static QueryStages.Start matching() {
        return QueryDraft.EMPTY;
    }

    /// The query with this canonical text.
    ///
    /// @throws IllegalArgumentException if [#text()] never gives that
    public static Query parse(String text) {
        return QueryParser.parse(text);
    }

    /// Without duplicates, in a fixed order; empty if and only if all events are meant.
    public List<QueryItem> items() {
        return items;
    }

    /// Whether every event is meant.
    public boolean isAll() {
        return items.isEmpty();
    }

    /// Whether the event is meant. This is the definition of matching for every store.
    public boolean matches(Event event) {
        for (QueryItem item : items) {
            if (item.matches(event)) {
                return true;
            }
        }
        return isAll();
    }

    /// The canonical text: one text for all queries that are equal, as a JSON object; the same in
    /// every release, so that stores may keep it.
    public String text() {
        return text;
    }

    /// The SHA-256 of the canonical text.
    public QueryHash hash() {
        return new QueryHash(HexFormat.of().formatHex(Digests.sha256(text)));
    }

    /// A read of this query from the start of the log.
    public ReadRequest everything() {
        return ReadRequest.of(this);
    }

    /// A read of the events after a position, such as that of a snapshot.
    public ReadRequest after(Position position) {
        return ReadRequest.of(this).after(position);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Query that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
