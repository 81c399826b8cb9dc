package io.floodmark.store.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The suite's HTTP adapter: what it sends, and what it refuses to take as an answer.
final class DcbClient implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    DcbClient(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    List<JsonNode> read(JsonNode query, String options) throws Exception {
        String address = base + "/read?query=" + encoded(query.toString());
        HttpResponse<String> answer =
                get(options.isEmpty() ? address : address + "&options=" + encoded(options));
        if (answer.statusCode() != 200) {
            throw new IOException("failed to read: " + answer.statusCode() + " " + answer.body());
        }
        List<JsonNode> events = new ArrayList<>();
        for (JsonNode event : JSON.readTree(answer.body())) {
            if (!event.path("type").isTextual()
                    || !event.path("tags").isArray()
                    || !event.path("position").isNumber()) {
                throw new IOException("invalid event " + event);
            }
            events.add(event);
        }
        return events;
    }

    long lastPosition(JsonNode query) throws Exception {
        List<JsonNode> last = read(query, "{\"backwards\":true,\"limit\":1}");
        return last.isEmpty() ? 0 : last.getFirst().path("position").longValue();
    }

    /// Appends, and tells whether the condition failed.
    boolean append(JsonNode events, JsonNode condition) throws Exception {
        ObjectNode body = JSON.createObjectNode();
        body.set("events", events);
        body.set("condition", condition);
        HttpResponse<String> answer = post(body.toString(), "application/json");
        if (answer.statusCode() != 200) {
            throw new IOException("failed to append: " + answer.statusCode() + answer.body());
        }
        JsonNode result = JSON.readTree(answer.body());
        if (!result.path("durationInMicroseconds").isNumber()
                || !result.path("appendConditionFailed").isBoolean()) {
            throw new IOException("invalid answer " + answer.body());
        }
        return result.path("appendConditionFailed").booleanValue();
    }

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)).GET());
    }

    HttpResponse<String> getPath(String path) throws IOException, InterruptedException {
        return get(base + path);
    }

    HttpResponse<String> post(String body, String type) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(base + "/append"))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
