package io.floodmark.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.flow.BatchRule;
import io.floodmark.ingest.flow.BreakerSettings;
import io.floodmark.ingest.flow.PipelineSettings;
import io.floodmark.ingest.flow.ScriptedSink;
import io.floodmark.store.TimeAndChance;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// A server on a free port with a scripted sink, and a client of it.
final class TestServer implements AutoCloseable {
    static final String JSON = "application/json";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    final ScriptedSink sink = new ScriptedSink();
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final IngestServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestServer(ServerSettings settings, ApiKeys keys, TimeAndChance source) {
        server = IngestServer.start(sink, settings, keys, registry, source);
    }

    /// What a test changes of the settings.
    record Options(boolean early, Duration timeout, long inFlight, Set<String> origins) {
        static Options plain() {
            return new Options(false, LIMIT, 64 << 20, Set.of());
        }
    }

    static TestServer start() {
        return start(Options.plain(), ApiKeys.none());
    }

    static TestServer start(Options options, ApiKeys keys) {
        return new TestServer(settings(options, 100), keys, TimeAndChance.system());
    }

    static TestServer start(TimeAndChance source) {
        return new TestServer(settings(Options.plain(), 100), ApiKeys.none(), source);
    }

    static TestServer workingOn(int requestsMax) {
        return new TestServer(
                settings(Options.plain(), requestsMax), ApiKeys.none(), TimeAndChance.system());
    }

    private static ServerSettings settings(Options options, int requestsMax) {
        return new ServerSettings(
                "127.0.0.1",
                0,
                options.early(),
                options.inFlight(),
                requestsMax,
                options.timeout(),
                options.origins(),
                new IngestLimits(1 << 20, 50, 1_000, 10_000, 10, 100, 1_000, 30),
                new PipelineSettings(2, BatchRule.forPostgres(), BreakerSettings.defaults()));
    }

    /// An answer.
    record Answer(int status, JsonNode body, HttpResponse<byte[]> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode data() {
            return body.get("data");
        }

        List<String> outcomes() {
            return data().get("events").findValuesAsText("outcome");
        }
    }

    Answer post(String path, String type, String body, String... headers) throws Exception {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body), with(type, headers));
    }

    Answer post(String path, byte[] body, String... headers) throws Exception {
        return send("POST", path, HttpRequest.BodyPublishers.ofByteArray(body), headers);
    }

    Answer get(String path) throws Exception {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .timeout(LIMIT)
                        .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<byte[]> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        boolean json = response.headers().firstValue("Content-Type").orElse("").equals(JSON);
        return new Answer(
                response.statusCode(),
                json ? MAPPER.readTree(response.body()) : MAPPER.createObjectNode(),
                response);
    }

    private static String[] with(String type, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = type;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return all;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
