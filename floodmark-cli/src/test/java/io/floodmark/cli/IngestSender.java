package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Sends batches to an ingestion server, and remembers which ids were sent and acknowledged.
final class IngestSender implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int BATCH = 20;
    private static final int SENDERS = 4;

    /// Queued: on the disk, as no test asks for less.
    private static final Set<String> TAKEN = Set.of("stored", "duplicate", "queued");

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
            if (TAKEN.contains(outcome)) {
                acknowledged.add(event.get("event_id").textValue());
            }
        }
        return response.statusCode();
    }

    /// Sends from several threads until so many are acknowledged, then kills the server under load.
    ///
    /// @return the batches whose answer never came
    List<List<String>> untilKilled(Running running, int port, String name, int wanted)
            throws Exception {
        List<List<String>> unsure = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<List<String>>> threads = new ArrayList<>();
            for (int thread = 0; thread < SENDERS; thread++) {
                String prefix = name + "-" + thread + "-";
                threads.add(executor.submit(() -> untilItEnds(port, prefix)));
            }
            Await.until("events are stored", () -> acknowledged.size() >= wanted);
            running.process().destroyForcibly();
            assertThat(running.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
            for (Future<List<String>> thread : threads) {
                unsure.add(thread.get(40, TimeUnit.SECONDS));
            }
        }
        return unsure;
    }

    private List<String> untilItEnds(int port, String prefix) throws InterruptedException {
        for (int batch = 0; ; batch++) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                ids.add(prefix + batch + "-" + i);
            }
            try {
                send(port, ids);
            } catch (IOException e) {
                return ids;
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
