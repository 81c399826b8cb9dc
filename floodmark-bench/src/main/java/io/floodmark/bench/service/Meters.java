package io.floodmark.bench.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a service told at `/metrics` at one moment.
///
/// @param values by name with labels, as in the text: `ingest_stage_seconds_sum{stage="parse"}`
record Meters(SortedMap<String, Double> values) {
    private static final Duration MOST = Duration.ofSeconds(10);

    Meters {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /// Asks a service.
    static Meters scrape(URI service) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(service.resolve("/metrics")).timeout(MOST).build();
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("/metrics answered with " + response.statusCode());
            }
            return parse(response.body());
        }
    }

    /// Reads the text format of Prometheus.
    static Meters parse(String text) {
        SortedMap<String, Double> values = new TreeMap<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    values.put(
                            line.substring(0, space),
                            Double.parseDouble(line.substring(space + 1)));
                });
        return new Meters(values);
    }

    /// The sum of all that is called so, and has this among its labels.
    double sum(String name, String label) {
        return values.entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), name, label))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static boolean isOf(String series, String name, String label) {
        return series.equals(name) || (series.startsWith(name + "{") && series.contains(label));
    }

    /// Mean milliseconds in a stage since `earlier`; 0 when nobody was in it.
    double stageMillis(String stage, Meters earlier) {
        String label = "stage=\"%s\"".formatted(stage);
        double count = since("ingest_stage_seconds_count", label, earlier);
        return count == 0 ? 0 : 1e3 * since("ingest_stage_seconds_sum", label, earlier) / count;
    }

    private double since(String name, String label, Meters earlier) {
        return sum(name, label) - earlier.sum(name, label);
    }
}
