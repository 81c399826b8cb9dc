package io.floodmark.ingest.http;

import io.floodmark.ingest.wire.BodyFormat;
import io.helidon.http.HttpMediaType;
import java.util.Optional;

/// The routes that take events, and what may be sent to each.
enum Target {
    SINGLE("/v1/events", "application/json, application/cloudevents+json"),
    BATCH(
            "/v1/events/batch",
            "application/json, application/x-ndjson, application/cloudevents-batch+json");

    private final String path;
    private final String types;

    Target(String path, String types) {
        this.path = path;
        this.types = types;
    }

    String path() {
        return path;
    }

    String types() {
        return types;
    }

    /// How a body of that type is read.
    ///
    /// @throws Problem when it is not taken here
    BodyFormat format(Optional<HttpMediaType> type) {
        String name = type.map(it -> it.mediaType().text()).orElse("none");
        boolean utf8 =
                type.flatMap(HttpMediaType::charset)
                        .map(charset -> charset.equalsIgnoreCase("utf-8"))
                        .orElse(true);
        Optional<BodyFormat> format = this == SINGLE ? single(name) : batch(name);
        if (!utf8) {
            throw Problem.wrongType("the charset must be utf-8");
        }
        return format.orElseThrow(() ->
                Problem.wrongType("Content-Type must be one of %s; was %s".formatted(types, name)));
    }

    private static Optional<BodyFormat> single(String name) {
        return switch (name) {
            case "application/json" -> Optional.of(BodyFormat.EVENT);
            case "application/cloudevents+json" -> Optional.of(BodyFormat.CLOUD_EVENT);
            default -> Optional.empty();
        };
    }

    private static Optional<BodyFormat> batch(String name) {
        return switch (name) {
            case "application/json" -> Optional.of(BodyFormat.BATCH);
            case "application/x-ndjson", "application/ndjson", "application/jsonl" ->
                    Optional.of(BodyFormat.LINES);
            case "application/cloudevents-batch+json" -> Optional.of(BodyFormat.CLOUD_EVENTS);
            default -> Optional.empty();
        };
    }
}
