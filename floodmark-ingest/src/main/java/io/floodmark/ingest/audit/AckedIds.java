package io.floodmark.ingest.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Files of acknowledged ids: on each line a JSON object with `event_id` and, if known, the `level`
/// of the acknowledgement and its `time` (RFC 3339); other members are passed over, and so are
/// empty lines.
///
/// A writer that was killed leaves a last line without its end; that one is passed over, too, and
/// counted.
///
/// @param files read one after the other
public record AckedIds(List<Path> files) {
    private static final JsonFactory JSON = new JsonFactory();

    /// Copies the list.
    public AckedIds {
        files = List.copyOf(files);
    }

    /// Takes what was acknowledged.
    interface Taker {
        void acknowledged(AckedLine line) throws IOException;
    }

    /// Reads all files.
    ///
    /// @return how many of them end within a line
    /// @throws BadAckedFile when another line holds no id
    long read(Taker taker) throws IOException {
        long torn = 0;
        for (Path file : files) {
            try (ByteLines lines = new ByteLines(file)) {
                while (lines.next()) {
                    Optional<AckedLine> line = parse(lines.bytes());
                    if (line.isPresent()) {
                        taker.acknowledged(line.get());
                    } else if (isTorn(lines)) {
                        torn++;
                    } else if (!isBlank(lines.bytes())) {
                        throw new BadAckedFile(file, lines.number());
                    }
                }
            }
        }
        return torn;
    }

    private static boolean isBlank(byte[] line) {
        for (byte one : line) {
            if (one > ' ' || one < 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether it is the beginning of a line and no more.
    private static boolean isTorn(ByteLines lines) throws IOException {
        byte[] line = lines.bytes();
        if (lines.complete() || line.length == 0 || line[0] != '{') {
            return false;
        }
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            json.skipChildren();
            return json.currentToken() != JsonToken.END_OBJECT;
        } catch (JsonProcessingException _) {
            return true;
        }
    }

    private static Optional<AckedLine> parse(byte[] line) throws IOException {
        String id = "";
        String level = "";
        String time = "";
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "event_id" -> id = json.getValueAsString("");
                    case "level" -> level = json.getValueAsString("");
                    case "time" -> time = json.getValueAsString("");
                    default -> {}
                }
                json.skipChildren();
            }
            boolean whole = json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
            return whole && !id.isEmpty()
                    ? Optional.of(new AckedLine(id, level, time))
                    : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
