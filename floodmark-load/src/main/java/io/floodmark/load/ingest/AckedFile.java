package io.floodmark.load.ingest;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file of acknowledged ids: a line `{"event_id":"...","level":"postgres"}` for each, as
/// `floodmark ingest audit` reads it.
///
/// @param level at which they were acknowledged
record AckedFile(Path path, String level) {

    /// Writes it anew.
    void write(EventNames names, EventLedger ledger) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (Writer out = Files.newBufferedWriter(path, StandardCharsets.US_ASCII)) {
            ledger.forEachAcknowledged((lane, number) ->
                    out.write(
                            "{\"event_id\":\"%s\",\"level\":\"%s\"}\n"
                                    .formatted(names.id(lane, number), level)));
        }
    }
}
