package io.floodmark.bench.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.WireEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a body of events with Jackson's streaming parser and checks in it what our own scanner
/// checks: UTF-8 by the JDK's decoder first, because Jackson skips over some of what is none; then
/// members by name and kind, lengths, times, doubles, and no half of a surrogate pair or U+0000 in
/// any text. Gives events that refer to the body as ours do.
final class JacksonEvents {
    private static final IngestLimits LIMITS = IngestLimits.defaults();
    private static final int TEXT_MAX = 512;
    private static final Set<String> TEXTS =
            Set.of(
                    "event_id",
                    "event_type",
                    "user_id",
                    "anonymous_id",
                    "session_id",
                    "campaign",
                    "source",
                    "medium",
                    "channel",
                    "referrer",
                    "click_id",
                    "currency");

    private final byte[] body;
    private final JsonFactory factory =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(LIMITS.depthMax() + 1)
                                    .maxStringLength(LIMITS.stringBytesMax())
                                    .maxNumberLength(LIMITS.numberBytesMax())
                                    .build())
                    .build();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded;
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private int members;

    JacksonEvents(byte[] body) {
        this.body = body.clone();
        this.decoded = CharBuffer.allocate(body.length);
    }

    /// Reads it, and says how many good events it holds.
    int events() throws IOException {
        decoder.reset();
        CoderResult utf8 = decoder.decode(ByteBuffer.wrap(body), decoded.clear(), true);
        if (utf8.isError()) {
            return 0;
        }
        List<WireEvent> events = new ArrayList<>();
        try (JsonParser parser = factory.createParser(body)) {
            require(parser.nextToken() == JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                events.add(event(parser));
            }
        }
        return events.size();
    }

    private WireEvent event(JsonParser parser) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        texts.clear();
        seen.clear();
        members = 0;
        long micros = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            require(seen.add(name) && ++members <= LIMITS.membersMax());
            JsonToken value = parser.nextToken();
            if (TEXTS.contains(name)) {
                require(value == JsonToken.VALUE_STRING);
                texts.put(name, text(parser));
            } else {
                switch (name) {
                    case "timestamp" -> micros = IsoTime.micros(text(parser));
                    case "revenue" -> require(value.isNumeric());
                    case "properties" -> properties(parser);
                    default -> require(false);
                }
            }
        }
        int end = (int) parser.currentLocation().getByteOffset();
        require(texts.containsKey("event_type") && end - start <= LIMITS.eventBytesMax());
        return new WireEvent(
                new WireEvent.Names(
                        texts.getOrDefault("event_id", ""),
                        texts.getOrDefault("event_type", ""),
                        texts.get("user_id")),
                micros,
                body,
                start,
                end - start);
    }

    private static String text(JsonParser parser) throws IOException {
        String text = parser.getText();
        require(!text.isEmpty() && text.length() <= TEXT_MAX);
        sound(parser);
        return text;
    }

    private void properties(JsonParser parser) throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT);
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case FIELD_NAME, VALUE_STRING -> {
                    members++;
                    sound(parser);
                }
                default -> members++;
            }
        }
        require(members <= LIMITS.membersMax());
    }

    /// No U+0000 and no half of a pair, which escapes can make.
    private static void sound(JsonParser parser) throws IOException {
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        for (int i = parser.getTextOffset(); i < end; i++) {
            char unit = text[i];
            if (Character.isHighSurrogate(unit)) {
                require(++i < end && Character.isLowSurrogate(text[i]));
            } else {
                require(unit != 0 && !Character.isLowSurrogate(unit));
            }
        }
    }

    private static void require(boolean good) throws IOException {
        if (!good) {
            throw new IOException("a benchmark's event is good");
        }
    }
}
