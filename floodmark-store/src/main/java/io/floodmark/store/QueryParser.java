package io.floodmark.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Reads back what [QueryText] wrote, and nothing else: no other space, order or spelling.
final class QueryParser {

    private final String text;
    private int at;

    private QueryParser(String text) {
        this.text = text;
    }

    static Query parse(String text) {
        var parser = new QueryParser(text);
        Query query = parser.query();
        if (parser.at != text.length() || !query.text().equals(text)) {
            throw parser.notCanonical();
        }
        return query;
    }

    private Query query() {
        if (skipped("{\"all\":true}")) {
            return Query.all();
        }
        skip("{\"items\":[");
        List<QueryItem> items = list(this::item);
        skip("}");
        return new Query(items);
    }

    private QueryItem item() {
        Set<String> types = Set.of();
        Set<Tag> tags = Set.of();
        PayloadPredicate payload = PayloadPredicate.none();
        skip("{");
        do {
            if (skipped("\"types\":[")) {
                types = new HashSet<>(list(this::string));
            } else if (skipped("\"tags\":[")) {
                tags = new HashSet<>(list(() -> new Tag(string())));
            } else if (skipped("\"any\":[")) {
                payload = new PayloadPredicate.AnyOf(new HashSet<>(list(this::match)));
            } else if (skipped("\"all\":[")) {
                payload = new PayloadPredicate.AllOf(new HashSet<>(list(this::match)));
            } else {
                throw notCanonical();
            }
        } while (skipped(","));
        skip("}");
        return new QueryItem(types, tags, payload);
    }

    private PayloadMatch match() {
        skip("[");
        String key = string();
        skip(",");
        String value = string();
        skip("]");
        return new PayloadMatch(key, value);
    }

    /// The elements of an array behind its first bracket.
    private <T> List<T> list(Supplier<T> element) {
        var elements = new ArrayList<T>();
        do {
            elements.add(element.get());
        } while (skipped(","));
        skip("]");
        return elements;
    }

    private String string() {
        skip("\"");
        var string = new StringBuilder();
        while (!skipped("\"")) {
            if (skipped("\\u")) {
                string.append(controlCharacter());
            } else {
                skipped("\\");
                string.append(next());
            }
        }
        return string.toString();
    }

    private char controlCharacter() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            unit = (unit << 4) | Math.max(0, Character.digit(next(), 16));
        }
        return (char) unit;
    }

    private char next() {
        if (at == text.length()) {
            throw notCanonical();
        }
        return text.charAt(at++);
    }

    private boolean skipped(String expected) {
        boolean there = text.startsWith(expected, at);
        if (there) {
            at += expected.length();
        }
        return there;
    }

    private void skip(String expected) {
        if (!skipped(expected)) {
            throw notCanonical();
        }
    }

    private IllegalArgumentException notCanonical() {
        return new IllegalArgumentException(
                "This is not the canonical text of a query, as Query.text() gives it, near char "
                        + at);
    }
}
