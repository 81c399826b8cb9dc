package io.floodmark.store.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What `GET /read` asks for.
///
/// @param query which events
/// @param from the first position of the result, itself included; backwards, the last one
/// @param backwards whether the newest come first
/// @param limit most events of the result
record DcbRead(Query query, OptionalLong from, boolean backwards, OptionalLong limit) {
    private static final Set<String> OPTIONS = Set.of("from", "backwards", "limit");

    /// Reads the two parameters of the address, each JSON.
    static DcbRead parse(Optional<String> query, Optional<String> options) {
        Query asked =
                query.map(text -> DcbQueries.parse("query", object("query", text, Set.of("items"))))
                        .orElseGet(Query::all);
        return options.map(text -> with(asked, object("options", text, OPTIONS)))
                .orElseGet(() ->
                        new DcbRead(asked, OptionalLong.empty(), false, OptionalLong.empty()));
    }

    private static JsonNode object(String what, String text, Set<String> members) {
        return JsonObjects.parse(what, text.getBytes(StandardCharsets.UTF_8), members);
    }

    private static DcbRead with(Query query, JsonNode options) {
        return new DcbRead(
                query,
                number(options, "from"),
                JsonObjects.member(options, "backwards")
                        .map(node -> JsonObjects.truth("options.backwards", node))
                        .orElse(false),
                number(options, "limit"));
    }

    private static OptionalLong number(JsonNode options, String name) {
        return JsonObjects.member(options, name)
                .map(node -> OptionalLong.of(JsonObjects.whole("options." + name, node)))
                .orElseGet(OptionalLong::empty);
    }

    /// The same as a forward read of the store.
    ReadRequest forward() {
        return query.after(Position.of(Math.max(0, from.orElse(0) - 1)));
    }
}
