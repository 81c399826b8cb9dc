package io.floodmark.ingest.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Files of acknowledged ids: on each line a JSON object with `event_id` and, if known, the `level`
/// of the acknowledgement; other members are passed over, and so are empty lines.
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
        void acknowledged(String eventId, String level) throws IOException;
    }

    /// Reads all files.
    ///
    /// @throws BadAckedFile when a line holds no id
    void read(Taker taker) throws IOException {
        for (Path file : files) {
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                long number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (!line.isBlank()) {
                        read(file, number, line, taker);
                    }
                }
            }
        }
    }

    private static void read(Path file, long number, String line, Taker taker) throws IOException {
        String id = "";
        String level = "";
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadAckedFile(file, number);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "event_id" -> id = json.getValueAsString("");
                    case "level" -> level = json.getValueAsString("");
                    default -> json.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw new BadAckedFile(file, number);
        }
        if (id.isEmpty()) {
            throw new BadAckedFile(file, number);
        }
        taker.acknowledged(id, level);
    }
}
