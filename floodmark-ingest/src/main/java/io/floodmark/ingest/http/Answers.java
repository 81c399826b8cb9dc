package io.floodmark.ingest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Writes answers in their one shape: `{"success", "message", "data", "timestamp"}`, the timestamp
/// in seconds since 1970. *Threads:* for all.
final class Answers {
    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int OK_FROM = 200;
    private static final int OK_UNTIL = 300;

    private final Clock clock;
    private final IngestMetrics metrics;

    Answers(Clock clock, IngestMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Writes the members of `data`.
    @FunctionalInterface
    interface Data {
        void write(JsonGenerator json) throws IOException;
    }

    void send(
            ServerResponse response,
            int status,
            String message,
            Optional<Duration> retryAfter,
            Data data) {
        retryAfter.ifPresent(wait ->
                response.header(
                        HeaderNames.RETRY_AFTER,
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
        metrics.answered(status);
        response.status(status).header(JSON).send(body(status, message, data));
    }

    void problem(ServerResponse response, Problem problem) {
        if (problem.status() == 401) {
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        send(
                response,
                problem.status(),
                problem.sentence(),
                problem.retryAfter(),
                json -> {
                    json.writeStringField("code", problem.code());
                    json.writeBooleanField("retry", problem.retryAfter().isPresent());
                });
    }

    private byte[] body(int status, String message, Data data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeBooleanField("success", status >= OK_FROM && status < OK_UNTIL);
            json.writeStringField("message", message);
            json.writeObjectFieldStart("data");
            data.write(json);
            json.writeEndObject();
            json.writeNumberField("timestamp", clock.instant().getEpochSecond());
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
