package io.floodmark.ingest.audit;

import java.io.IOException;
import java.nio.file.Path;

/// A line of a file of acknowledged ids that holds none.
public final class BadAckedFile extends IOException {
    private static final long serialVersionUID = 1L;

    BadAckedFile(Path file, long line) {
        super(
                "%s line %d: expected a JSON object with an event_id, such as {\"event_id\":\"…\",\"level\":\"postgres\",\"time\":\"2026-11-21T12:00:00Z\"}"
                        .formatted(file, line));
    }
}
