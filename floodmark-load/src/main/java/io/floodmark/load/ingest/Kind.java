package io.floodmark.load.ingest;

import java.util.List;

/// Kinds of request.
enum Kind {
    /// One event.
    SINGLE("single", "/v1/events", "application/json"),
    /// Many events as a JSON array.
    BATCH("batch", "/v1/events/batch", "application/json"),
    /// Many events, one a line.
    NDJSON("ndjson", "/v1/events/batch", "application/x-ndjson"),
    /// As [#BATCH], from a client that sends its body slowly.
    SLOW("slow", "/v1/events/batch", "application/json");

    static final List<Kind> ALL = List.of(values());

    private final String label;
    private final String path;
    private final String contentType;

    Kind(String label, String path, String contentType) {
        this.label = label;
        this.path = path;
        this.contentType = contentType;
    }

    String label() {
        return label;
    }

    String path() {
        return path;
    }

    String contentType() {
        return contentType;
    }

    /// The lane of its events.
    Lane lane() {
        return this == SINGLE ? Lane.SINGLE : Lane.MANY;
    }
}
