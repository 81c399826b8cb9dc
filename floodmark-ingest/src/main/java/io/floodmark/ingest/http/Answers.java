package io.floodmark.ingest.http;

import io.floodmark.ingest.metrics.IngestMetrics;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Writes answers in their one shape: `{"success", "message", "data", "timestamp"}`, the timestamp
/// in seconds since 1970. *Threads:* for all.
final class Answers {
    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
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
        void write(JsonBytes json);
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
        JsonBytes body = body(status, message, data);
        response.status(status).header(JSON).send(body.bytes(), 0, body.length());
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
                json ->
                        json.text("code", problem.code())
                                .flag("retry", problem.retryAfter().isPresent()));
    }

    private JsonBytes body(int status, String message, Data data) {
        JsonBytes json = new JsonBytes();
        json.object();
        json.flag("success", status >= OK_FROM && status < OK_UNTIL);
        json.text("message", message);
        json.object("data");
        data.write(json);
        json.endObject();
        json.number("timestamp", clock.instant().getEpochSecond());
        json.endObject();
        return json;
    }
}
