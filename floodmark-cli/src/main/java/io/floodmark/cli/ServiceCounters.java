package io.floodmark.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What a running ingestion service counts of itself since its start, as `/metrics` tells it.
///
/// @param level what an acknowledgement of it means now, as `/v1/capabilities` tells
/// @param values each sample by its name and labels
record ServiceCounters(String level, Map<String, Double> values) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final double MILLIS = 1_000;
    private static final JsonMapper JSON = new JsonMapper();

    ServiceCounters {
        values = Map.copyOf(values);
    }

    /// Asks the service.
    ///
    /// @throws IOException when nobody answers there, or another program
    static ServiceCounters of(URI service) throws IOException {
        String base = service.toString().replaceAll("/+$", "");
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            String level = level(base, get(client, base + "/v1/capabilities"));
            ServiceCounters counters =
                    new ServiceCounters(level, parse(get(client, base + "/metrics")));
            counters.started();
            return counters;
        }
    }

    private static String level(String base, String capabilities) throws IOException {
        try {
            return JSON.readTree(capabilities).at("/data/ack").asText("");
        } catch (JsonProcessingException e) {
            throw new IOException(base + " does not answer as an ingestion service", e);
        }
    }

    private static String get(HttpClient client, String address) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address)).timeout(ANSWER).GET().build();
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(
                        "%s answers %d; is an ingestion service there?"
                                .formatted(address, response.statusCode()));
            }
            return response.body();
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s cannot be asked: expected an address such as http://127.0.0.1:8080"
                            .formatted(address),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + address, e);
        } catch (java.net.ConnectException | java.net.http.HttpTimeoutException e) {
            throw new IOException("nothing answers at %s".formatted(address), e);
        }
    }

    /// Reads the text format of Prometheus, as far as samples go.
    private static Map<String, Double> parse(String metrics) throws IOException {
        Map<String, Double> values = new TreeMap<>();
        try {
            metrics.lines()
                    .filter(line -> !line.startsWith("#") && line.lastIndexOf(' ') > 0)
                    .forEach(line -> {
                        int space = line.lastIndexOf(' ');
                        values.put(
                                line.substring(0, space),
                                Double.parseDouble(line.substring(space + 1)));
                    });
        } catch (NumberFormatException e) {
            throw new IOException("the service's metrics cannot be read: " + e.getMessage(), e);
        }
        return values;
    }

    /// When the service's process began.
    Instant started() throws IOException {
        Double seconds = values.get("process_start_time_seconds");
        if (seconds == null) {
            throw new IOException(
                    "the service does not tell when it began (process_start_time_seconds); it is older than"
                            + " this program");
        }
        return Instant.ofEpochMilli((long) (seconds * MILLIS));
    }

    /// Events acknowledged at any level.
    long acknowledged() {
        return sum("ingest_acks_total{");
    }

    /// Events with this outcome.
    long outcome(String outcome) {
        return sum("ingest_events_total{outcome=\"" + outcome + "\"");
    }

    /// Events that the journal's replay stored, or found stored.
    long replayed() {
        return sum("ingest_journal_replayed_total");
    }

    private long sum(String prefix) {
        return (long)
                values.entrySet().stream()
                        .filter(sample -> sample.getKey().startsWith(prefix))
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
    }
}
