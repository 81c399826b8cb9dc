package io.floodmark.ingest.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.floodmark.ingest.IngestLimits;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The service with ClickHouse as its sink, from the request to the row.
final class ClickHouseServiceTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static ServerSettings settings() {
        BatchRule rule = new BatchRule(10_000, 1 << 20, Duration.ofMillis(50), false);
        return new ServerSettings(
                "127.0.0.1",
                0,
                false,
                64 << 20,
                100,
                Duration.ofSeconds(30),
                Set.of(),
                IngestLimits.defaults(),
                new PipelineSettings(1, rule, BreakerSettings.defaults()));
    }

    @Test
    void an_event_that_was_acknowledged_is_a_row_and_a_bad_one_leaves_the_breaker_closed()
            throws Exception {
        try (Engine engine = Engine.start()) {
            ClickHouseAddress address = engine.database();
            ClickHouseSink sink = engine.sink(address);
            engine.sql(
                    "ALTER TABLE %s.ingest_events ADD CONSTRAINT c CHECK event_type != 'poison'"
                            .formatted(address.database()));
            try (IngestServer server =
                    IngestServer.start(
                            sink,
                            settings(),
                            ApiKeys.none(),
                            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                            TimeAndChance.system())) {
                JsonNode good = post(server, "{\"event_type\":\"view\",\"event_id\":\"a\"}", 200);
                assertThat(good.at("/data/ack").asText()).isEqualTo("clickhouse");
                for (int i = 0; i < 5; i++) {
                    String poison = "{\"event_type\":\"poison\",\"event_id\":\"p%d\"}".formatted(i);
                    JsonNode bad = post(server, poison, 422);
                    assertThat(bad.at("/data/events/0/outcome").asText()).isEqualTo("rejected");
                }
                post(server, "{\"event_type\":\"view\",\"event_id\":\"b\"}", 200);
            }

            assertThat(engine.count(address, "ingest_events_once")).isEqualTo(2);
            assertThat(engine.count(address, "ingest_dead_letters")).isEqualTo(5);
        }
    }

    private static JsonNode post(IngestServer server, String event, int status) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/v1/events".formatted(server.port())))
                        .timeout(Duration.ofSeconds(40))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(event))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = JSON.readTree(answer.body());
            assertThat(answer.statusCode()).as(body.toString()).isEqualTo(status);
            return body;
        }
    }
}
