package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.cli.postgres.IngestDatabase;
import io.floodmark.ingest.http.ApiKeys;
import io.floodmark.ingest.http.IngestServer;
import io.floodmark.ingest.http.ServerSettings;
import io.floodmark.ingest.metrics.ClickHouseMetrics;
import io.floodmark.ingest.metrics.FeedMetrics;
import io.floodmark.ingest.postgres.IngestSchema;
import io.floodmark.ingest.postgres.SinkSettings;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.local.LocalPostgres;
import io.floodmark.store.TimeAndChance;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every query of the dashboards in `deploy/grafana` against what is really served. It does not
/// show that Grafana draws them.
final class DashboardTest {
    private static final Path DASHBOARDS = Path.of("../deploy/grafana/dashboards");
    private static final Pattern ADDRESS = Pattern.compile("metrics at (http://\\S+)");

    /// A name of ours, of the pool or of the JVM, that stands without a selector.
    private static final Pattern BARE =
            Pattern.compile("\\b(ingest|floodmark|hikaricp|jvm|process)_[a-z0-9_]+(?![a-z0-9_{])");

    private static LocalPostgres server;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        server = LocalPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_panel_of_the_service_finds_its_metrics() throws Exception {
        Database database = Database.create(server, "dashboards");
        PrometheusMeterRegistry registry = IngestRegistry.create();
        // Those of sinks that this service does not have: they are there with 0 from the start.
        var inserts = new ClickHouseMetrics(registry);
        var feed = new FeedMetrics(registry, Clock.systemUTC());
        assertThat(List.of(inserts, feed)).doesNotContainNull();
        try (IngestDatabase pool =
                IngestDatabase.of(target(database), new IngestSchema("floodmark"), 2)
                        .measuredBy(registry)) {
            TimeAndChance source = TimeAndChance.system();
            ServerSettings settings = ServerSettings.defaults().on("127.0.0.1", 0);
            try (IngestServer service =
                    IngestServer.start(
                            pool.sink(SinkSettings.defaults(), source),
                            settings,
                            ApiKeys.none(),
                            registry,
                            source)) {
                String at = "http://127.0.0.1:" + service.port();
                assertThat(send(event(at))).contains("\"stored\":1");
                System.gc();
                Await.until(
                        "a collection is counted",
                        () -> send(get(at + "/metrics")).contains("jvm_gc_pause_seconds_sum"));

                assertNeedsAreMet("service.json", send(get(at + "/metrics")));
            }
        }
    }

    private static ConnectionTarget target(Database database) {
        return ServerOptions.local(
                new io.floodmark.local.ServerAddress(
                        server.host(),
                        server.port(),
                        database.name(),
                        server.user(),
                        server.password()));
    }

    @Test
    void every_panel_of_the_load_test_finds_its_metrics_while_a_run_lasts() throws Exception {
        Database database = Database.create(server, "dashboards_load");
        try (Running run =
                Floodmark.in(folder, database)
                        .startRun(database, "--duration", "8s", "--metrics-port", "0")) {
            run.awaitError("metrics at");
            Matcher address = ADDRESS.matcher(Files.readString(run.errFile()));
            assertThat(address.find()).isTrue();
            run.awaitSeconds(2);

            String metrics = send(get(address.group(1)));

            assertNeedsAreMet("load-test.json", metrics);
            assertThat(
                            metrics.lines()
                                    .filter(line ->
                                            line.startsWith("floodmark_load_arrivals_due_total "))
                                    .map(line ->
                                            Double.valueOf(
                                                    line.substring(line.lastIndexOf(' ') + 1))))
                    .singleElement()
                    .matches(due -> due >= 50);
        }
    }

    @Test
    void a_metric_that_is_not_there_is_found_missing() {
        String query = "sum by (x) (rate(a_total{y=\"1\",z=~\"$z\"}[1m]))";

        assertThat(Dashboard.needs(query))
                .containsExactly(new Dashboard.Need("a_total", List.of("y=1", "z=*", "x=*")));
        Dashboard.Need need = Dashboard.needs(query).getFirst();
        assertThat(Dashboard.met(need, "a_total{x=\"2\",y=\"1\",z=\"3\"} 0")).isTrue();
        assertThat(Dashboard.met(need, "a_total{x=\"2\",y=\"2\",z=\"3\"} 0")).isFalse();
        assertThat(Dashboard.met(need, "a_total{y=\"1\",z=\"3\"} 0")).isFalse();
        assertThat(Dashboard.met(need, "b_total{x=\"2\",y=\"1\",z=\"3\"} 0")).isFalse();
    }

    private static void assertNeedsAreMet(String file, String metrics) throws Exception {
        Dashboard dashboard = Dashboard.read(DASHBOARDS.resolve(file));
        assertThat(dashboard.queries()).hasSizeGreaterThan(10);
        for (String query : dashboard.queries()) {
            assertThat(BARE.matcher(query).find()).as(query).isFalse();
            assertThat(Dashboard.needs(query))
                    .as(query)
                    .isNotEmpty()
                    .allMatch(need -> Dashboard.met(need, metrics));
        }
    }

    private static HttpRequest get(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
    }

    private static HttpRequest event(String at) {
        return HttpRequest.newBuilder(URI.create(at + "/v1/events"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"event_type\":\"view\"}"))
                .build();
    }

    private static String send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }
}
