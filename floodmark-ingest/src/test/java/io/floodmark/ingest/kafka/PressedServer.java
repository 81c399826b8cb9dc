package io.floodmark.ingest.kafka;

import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.flow.BatchRule;
import io.floodmark.ingest.flow.BreakerSettings;
import io.floodmark.ingest.flow.PipelineSettings;
import io.floodmark.ingest.http.ApiKeys;
import io.floodmark.ingest.http.IngestServer;
import io.floodmark.ingest.http.ServerSettings;
import io.floodmark.store.TimeAndChance;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server with little room for requests, and many clients that send to it at a time; watches how
/// much of the room is taken. Its breaker stays closed, so that the room alone protects it.
final class PressedServer implements AutoCloseable {
    static final long IN_FLIGHT_BYTES = 1 << 20;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int EVENTS = 100;
    private static final int OVERLOADED = 503;

    /// Each event takes 256 bytes beside its JSON, so that no more requests fit than this.
    private static final int FITTING_MAX = (int) (IN_FLIGHT_BYTES / (EVENTS * 256));

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Answer> early = new LinkedBlockingQueue<>();
    private final List<Answer> refused = new ArrayList<>();
    private final List<Future<Answer>> sent = new ArrayList<>();
    private final Set<String> acknowledged = new TreeSet<>();
    private final IngestServer server;
    private double most;

    /// What a request got.
    record Answer(String prefix, int status, String retryAfter) {}

    private PressedServer(Sink sink) {
        server =
                IngestServer.start(
                        sink,
                        new ServerSettings(
                                "127.0.0.1",
                                0,
                                false,
                                IN_FLIGHT_BYTES,
                                1_000,
                                LIMIT,
                                Set.of(),
                                new IngestLimits(1 << 18, 50, 1_000, 10_000, 10, 100, 1_000, 30),
                                new PipelineSettings(
                                        1,
                                        BatchRule.forKafka(),
                                        new BreakerSettings(LIMIT, 1_000, 50, LIMIT, LIMIT))),
                        ApiKeys.none(),
                        registry,
                        TimeAndChance.system());
    }

    static PressedServer start(Sink sink) {
        return new PressedServer(sink);
    }

    /// Sends one request and waits for its answer.
    Answer send(String prefix) throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            body.append("{\"event_id\":\"%s-%d\",\"event_type\":\"t\"}\n".formatted(prefix, i));
        }
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/v1/events/batch"
                                                .formatted(server.port())))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return noted(
                new Answer(
                        prefix,
                        response.statusCode(),
                        response.headers().firstValue("Retry-After").orElse("")));
    }

    private synchronized Answer noted(Answer answer) {
        if (answer.status() == 200) {
            for (int i = 0; i < EVENTS; i++) {
                acknowledged.add(answer.prefix() + "-" + i);
            }
        }
        if (answer.status() == OVERLOADED) {
            early.add(answer);
        }
        return answer;
    }

    /// Sends so many requests at a time, more than fit, and does not wait for answers.
    void sendAll(int requests, String prefix) {
        for (int i = 0; i < requests; i++) {
            String name = prefix + i;
            sent.add(clients.submit(() -> send(name)));
        }
    }

    /// Waits for the answers of all requests that do not fit, and watches the room meanwhile.
    void awaitRefused() throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (refused.size() < sent.size() - FITTING_MAX && System.nanoTime() < end) {
            most = Math.max(most, inFlight());
            Answer answer = early.poll(1, TimeUnit.MILLISECONDS);
            if (answer != null) {
                refused.add(answer);
            }
        }
    }

    double inFlight() {
        return registry.get("ingest.inflight.bytes").gauge().value();
    }

    double mostInFlight() {
        return most;
    }

    List<Answer> refused() {
        return refused;
    }

    /// What the other requests got.
    List<Answer> others() throws Exception {
        List<Answer> others = new ArrayList<>();
        for (Future<Answer> one : sent) {
            Answer answer = one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (answer.status() != OVERLOADED) {
                others.add(answer);
            }
        }
        return others;
    }

    synchronized Set<String> acknowledged() {
        return new TreeSet<>(acknowledged);
    }

    @Override
    public void close() {
        clients.shutdownNow();
        client.close();
        server.close();
    }
}
