package io.floodmark.store;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The canonical text of a query: a JSON object whose parts stand in a fixed order. Strings are
/// quoted as JSON, so that no text inside them can look like another part.
///
/// ```
/// {"all":true}
/// {"items":[{"types":["A","B"],"tags":["k=v"],"any":[["key","value"]]}]}
/// ```
///
/// Parts that ask nothing are left out; `all` stands in the place of `any` when all matches must
/// hold.
final class QueryText {

    private QueryText() {}

    /// @param items empty for every event
    static String of(List<QueryItem> items) {
        return items.isEmpty()
                ? "{\"all\":true}"
                : items.stream()
                        .map(QueryText::of)
                        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    static String of(QueryItem item) {
        return Stream.of(
                        part("types", item.types().stream().map(QueryText::quoted).toList()),
                        part("tags", item.tags().stream().map(tag -> quoted(tag.text())).toList()),
                        payload(item.payload()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String payload(PayloadPredicate payload) {
        return switch (payload) {
            case PayloadPredicate.None() -> "";
            case PayloadPredicate.AnyOf(var matches) -> part("any", pairs(matches));
            case PayloadPredicate.AllOf(var matches) -> part("all", pairs(matches));
        };
    }

    private static List<String> pairs(Collection<PayloadMatch> matches) {
        return matches.stream()
                .map(match -> "[" + quoted(match.key()) + "," + quoted(match.value()) + "]")
                .toList();
    }

    private static String part(String name, List<String> values) {
        return values.isEmpty() ? "" : quoted(name) + ":[" + String.join(",", values) + "]";
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
