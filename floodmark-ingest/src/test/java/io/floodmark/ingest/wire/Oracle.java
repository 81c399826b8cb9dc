package io.floodmark.ingest.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// What an event should be taken as, decided the slow way: the JDK's decoder, Jackson's tree, and
/// the rules of events spelled out on the tree.
final class Oracle {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final Set<String> TEXTS =
            Set.of(
                    "user_id",
                    "anonymous_id",
                    "session_id",
                    "campaign",
                    "source",
                    "medium",
                    "channel",
                    "referrer",
                    "click_id");

    private Oracle() {}

    sealed interface Verdict {
        record Malformed() implements Verdict {}

        record Rejected() implements Verdict {}

        /// Either of both: Jackson gives up at half a surrogate pair in a name, and what comes
        /// after it stays unread.
        record Refused() implements Verdict {}

        record Taken(JsonNode tree) implements Verdict {}
    }

    static Verdict of(byte[] body) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            // From bytes: from text, Jackson takes any character whose low byte is that of a
            // hexadecimal digit for one.
            JsonNode tree = JSON.readTree(body);
            if (tree.isMissingNode()) {
                return new Verdict.Malformed();
            }
            boolean good = tree.isObject() && distinct(body) && sound(body) && fields(tree);
            return good ? new Verdict.Taken(tree) : new Verdict.Rejected();
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("surrogate")
                    ? new Verdict.Refused()
                    : new Verdict.Malformed();
        }
    }

    private static boolean distinct(byte[] body) throws IOException {
        Set<String> names = new HashSet<>();
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (!names.add(parser.currentName())) {
                    return false;
                }
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return true;
    }

    /// No U+0000 and no half of a pair anywhere, not even in members that a later one replaces.
    private static boolean sound(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean text = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
                if (text && !sound(parser.getText())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean sound(String text) {
        return text.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static boolean fields(JsonNode event) {
        if (!event.has("event_type")) {
            return false;
        }
        for (String name : (Iterable<String>) event::fieldNames) {
            if (!field(name, event.get(name))) {
                return false;
            }
        }
        return true;
    }

    private static boolean field(String name, JsonNode value) {
        return switch (name) {
            case "event_id", "event_type" -> text(value);
            case "timestamp" -> value.isTextual() && Rfc3339Test.isTime(value.textValue());
            case "revenue" -> value.isNull() || value.isNumber();
            case "currency" ->
                    value.isNull() || (value.isTextual() && value.textValue().matches("[A-Z]{3}"));
            case "properties" -> value.isNull() || value.isObject();
            default -> TEXTS.contains(name) && (value.isNull() || text(value));
        };
    }

    private static boolean text(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty();
    }
}
