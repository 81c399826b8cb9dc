package io.floodmark.store.postgres.inspect;

import io.floodmark.store.PayloadMatch;
import io.floodmark.store.PayloadPredicate;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the canonical text of a query, [Query#text()], back into the query. For one text.
final class QueryParser {
    private static final String ALL = Query.all().text();

    private final String text;
    private int at;

    private QueryParser(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException when the text is not canonical
    static Query parse(String text) {
        if (text.equals(ALL)) {
            return Query.all();
        }
        QueryParser parser = new QueryParser(text);
        Query query = parser.query();
        if (!query.text().equals(text)) {
            throw new IllegalArgumentException("not the canonical text of a query: " + text);
        }
        return query;
    }

    private Query query() {
        take("{\"items\":[");
        List<QueryItem> items = new ArrayList<>();
        do {
            items.add(item());
        } while (taken(","));
        take("]}");
        return new Query(items);
    }

    private QueryItem item() {
        Set<String> types = new HashSet<>();
        Set<Tag> tags = new HashSet<>();
        PayloadPredicate payload = PayloadPredicate.none();
        take("{");
        do {
            switch (string()) {
                case "types" -> types.addAll(strings());
                case "tags" -> strings().forEach(tag -> tags.add(new Tag(tag)));
                case "any" -> payload = new PayloadPredicate.AnyOf(matches());
                case "all" -> payload = new PayloadPredicate.AllOf(matches());
                default -> throw wrong();
            }
        } while (taken(","));
        take("}");
        return new QueryItem(types, tags, payload);
    }

    private List<String> strings() {
        take(":");
        return list();
    }

    private List<String> list() {
        List<String> strings = new ArrayList<>();
        take("[");
        do {
            strings.add(string());
        } while (taken(","));
        take("]");
        return strings;
    }

    private Set<PayloadMatch> matches() {
        List<List<String>> pairs = new ArrayList<>();
        take(":[");
        do {
            pairs.add(list());
        } while (taken(","));
        take("]");
        return pairs.stream().map(this::match).collect(Collectors.toSet());
    }

    private PayloadMatch match(List<String> pair) {
        if (pair.size() != 2) {
            throw wrong();
        }
        return new PayloadMatch(pair.getFirst(), pair.getLast());
    }

    private String string() {
        take("\"");
        StringBuilder string = new StringBuilder();
        while (!taken("\"")) {
            if (taken("\\u")) {
                string.append((char) Integer.parseInt(next(4), 16));
            } else {
                taken("\\");
                string.append(next(1));
            }
        }
        return string.toString();
    }

    private String next(int chars) {
        if (at + chars > text.length()) {
            throw wrong();
        }
        at += chars;
        return text.substring(at - chars, at);
    }

    private void take(String expected) {
        if (!taken(expected)) {
            throw wrong();
        }
    }

    private boolean taken(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "not the canonical text of a query, at index %d: %s".formatted(at, text));
    }
}
