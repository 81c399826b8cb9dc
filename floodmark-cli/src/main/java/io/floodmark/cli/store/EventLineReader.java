package io.floodmark.cli.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.floodmark.store.Event;
import io.floodmark.store.EventDraft;
import io.floodmark.store.Json;
import io.floodmark.store.Tag;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads one event from one line, as [EventLineWriter] writes it; only `type` must be there.
///
/// Strict: a member that is unknown or there twice is a mistake, so that nothing is lost silently.
/// Payload and metadata keep their bytes. For one line.
final class EventLineReader {
    private static final int TEXT_CHARS_MAX = 8 * Json.MAX_BYTES;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxStringLength(TEXT_CHARS_MAX).build())
                    .build();

    private final byte[] line;
    private final JsonParser parser;
    private final Set<String> members = new HashSet<>();
    private final Set<Tag> tags = new LinkedHashSet<>();
    private OptionalLong position = OptionalLong.empty();
    private @Nullable String type;
    private @Nullable UUID id;
    private @Nullable Instant occurredAt;
    private @Nullable Instant recordedAt;
    private @Nullable Json payload;
    private @Nullable Json metadata;

    private EventLineReader(byte[] line, JsonParser parser) {
        this.line = line;
        this.parser = parser;
    }

    /// The event of a line.
    ///
    /// @throws BadLine when it is none; its number is that of the line
    static EventLine read(long number, byte[] line) {
        try (JsonParser parser = JSON.createParser(line)) {
            return new EventLineReader(line, parser).read();
        } catch (BadLine e) {
            throw e.at(number);
        } catch (JsonProcessingException e) {
            throw new BadLine(
                    number,
                    "not JSON at byte %d: %s"
                            .formatted(e.getLocation().getByteOffset(), e.getOriginalMessage()));
        } catch (IllegalArgumentException | DateTimeException | IOException e) {
            throw new BadLine(number, String.valueOf(e.getMessage()));
        }
    }

    private EventLine read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("an event is a JSON object in one line");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            // Only here: a payload may have a member twice, and keeps it.
            if (!members.add(name)) {
                throw wrong("\"" + name + "\" is there twice");
            }
            parser.nextToken();
            member(name);
        }
        if (parser.nextToken() != null) {
            throw wrong("there is more after the end of the object");
        }
        if (type == null) {
            throw wrong("\"type\" is missing");
        }
        return new EventLine(position, Optional.ofNullable(recordedAt), id != null, event(type));
    }

    private Event event(String named) {
        EventDraft draft = Event.draft(named).tags(tags);
        if (id != null) {
            draft.id(id);
        }
        if (occurredAt != null) {
            draft.occurredAt(occurredAt);
        }
        if (payload != null) {
            draft.payload(payload);
        }
        if (metadata != null) {
            draft.metadata(metadata);
        }
        return draft.build();
    }

    private void member(String name) throws IOException {
        switch (name) {
            case "position" -> position = OptionalLong.of(number());
            case "id" -> id = uuid(text(name));
            case "type" -> type = text(name);
            case "tags" -> readTags();
            case "payload" -> payload = once(name, payload, object(name));
            case "payloadText" -> payload = once(name, payload, Json.of(text(name)));
            case "metadata" -> metadata = once(name, metadata, object(name));
            case "metadataText" -> metadata = once(name, metadata, Json.of(text(name)));
            case "occurredAt" -> occurredAt = Instant.parse(text(name));
            case "recordedAt" -> recordedAt = Instant.parse(text(name));
            default -> throw wrong("unknown member \"" + name + "\"");
        }
    }

    private static Json once(String name, @Nullable Json before, Json value) {
        if (before != null) {
            throw wrong("\"" + name + "\" is said a second time, as text and as object");
        }
        return value;
    }

    /// Java's own parser also takes shorter texts, which could be typing mistakes.
    private static UUID uuid(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw wrong("\"id\" must be a UUID such as " + id);
        }
        return id;
    }

    private long number() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getLongValue() < 1) {
            throw wrong("\"position\" must be a whole number from 1");
        }
        return parser.getLongValue();
    }

    private String text(String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("\"" + name + "\" must be a string");
        }
        return parser.getText();
    }

    private void readTags() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("\"tags\" must be an array of strings");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!tags.add(new Tag(text("tags")))) {
                throw wrong("the tag '" + parser.getText() + "' is there twice");
            }
        }
    }

    /// The bytes of the value as they stand in the line.
    private Json object(String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("\"" + name + "\" must be an object");
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return Json.ofUtf8(Arrays.copyOfRange(line, start, end));
    }

    private static BadLine wrong(String reason) {
        return new BadLine(1, reason);
    }
}
