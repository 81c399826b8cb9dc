package io.floodmark.store.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads the JSON of requests strictly: no member twice, nothing unknown, nothing after the end.
///
/// A member that is null counts as absent, as JavaScript programs write it both ways.
final class JsonObjects {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JsonObjects() {}

    /// The object in `text`; `what` names it in messages.
    static JsonNode parse(String what, byte[] text, Set<String> members) {
        try {
            JsonNode node = JSON.readTree(text);
            return object(what, node, members);
        } catch (JsonProcessingException e) {
            throw Refused.badRequest(
                    "%s is not JSON: %s, line %d, column %d"
                            .formatted(
                                    what,
                                    e.getOriginalMessage(),
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw Refused.badRequest("%s is not JSON: %s".formatted(what, e.getMessage()));
        }
    }

    /// `node`, when it is an object without other members than these.
    static JsonNode object(String what, JsonNode node, Set<String> members) {
        if (!node.isObject()) {
            throw wrong(what, "an object", node);
        }
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!members.contains(name)) {
                throw Refused.badRequest(
                        "%s has an unknown member \"%s\"; known are %s"
                                .formatted(what, name, members.stream().sorted().toList()));
            }
        }
        return node;
    }

    static Optional<JsonNode> member(JsonNode object, String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    static JsonNode required(String what, JsonNode object, String name) {
        return member(object, name)
                .orElseThrow(() -> Refused.badRequest(what + " needs \"" + name + "\""));
    }

    static String text(String what, JsonNode node) {
        if (!node.isTextual()) {
            throw wrong(what, "a string", node);
        }
        return node.textValue();
    }

    static long whole(String what, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw wrong(what, "a whole number from 0", node);
        }
        return node.longValue();
    }

    static boolean truth(String what, JsonNode node) {
        if (!node.isBoolean()) {
            throw wrong(what, "true or false", node);
        }
        return node.booleanValue();
    }

    /// The strings of an array; none when the member is absent.
    static List<String> texts(String what, JsonNode object, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : elements(what + "." + name, member(object, name))) {
            texts.add(text("each of " + what + "." + name, node));
        }
        return texts;
    }

    /// The elements of an array; none when it is absent.
    static Iterable<JsonNode> elements(String what, Optional<JsonNode> array) {
        if (array.isEmpty()) {
            return List.of();
        }
        if (!array.get().isArray()) {
            throw wrong(what, "an array", array.get());
        }
        return array.get();
    }

    private static Refused wrong(String what, String wanted, JsonNode node) {
        return Refused.badRequest(
                "%s must be %s, was %s"
                        .formatted(
                                what, wanted, node.getNodeType().name().toLowerCase(Locale.ROOT)));
    }
}
