package io.floodmark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Sends batches to an ingestion server, and remembers which ids were sent and acknowledged.
final class IngestSender implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    Set<String> sent() {
        return sent;
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    /// Sends events with these ids.
    ///
    /// @return the status
    /// @throws IOException when the server goes away meanwhile
    int send(int port, List<String> ids) throws IOException, InterruptedException {
        sent.addAll(ids);
        String body =
                ids.stream()
                        .map(
                                "{\"event_id\":\"%s\",\"event_type\":\"t\",\"properties\":{\"n\":1}}"
                                        ::formatted)
                        .collect(Collectors.joining(",", "[", "]"));
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + port + "/v1/events/batch"))
                                .timeout(Duration.ofSeconds(30))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        for (JsonNode event : JSON.readTree(response.body()).at("/data/events")) {
            String outcome = event.get("outcome").textValue();
            if (outcome.equals("stored") || outcome.equals("duplicate")) {
                acknowledged.add(event.get("event_id").textValue());
            }
        }
        return response.statusCode();
    }

    @Override
    public void close() {
        client.close();
    }
}
