package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.floodmark.local.LocalClickHouse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `floodmark ingest` into the real ClickHouse engine, directly and through a real Kafka broker.
final class IngestClickHouseCommandTest {

    @TempDir private Path folder;

    @BeforeAll
    static void needsAnEngine() {
        Optional<String> why = LocalClickHouse.unavailable();
        assumeTrue(why.isEmpty(), () -> "NOT TESTED: " + why.orElse(""));
    }

    private static List<String> ids(String prefix) {
        return IntStream.range(0, 50).mapToObj(i -> prefix + i).toList();
    }

    private static String stored(LocalClickHouse engine) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(engine.url() + "/"))
                        .timeout(Duration.ofSeconds(20))
                        .header("X-ClickHouse-User", engine.user())
                        .header("X-ClickHouse-Key", engine.password())
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "SELECT count(), uniqExact(event_id) FROM ingest_events"))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body().strip();
        }
    }

    @Test
    void events_sent_to_the_service_are_in_the_clickhouse_that_is_named() throws Exception {
        try (LocalClickHouse engine = LocalClickHouse.start();
                IngestSender sender = new IngestSender()) {
            Floodmark floodmark =
                    Floodmark.in(folder).with("CLICKHOUSE_PASSWORD", engine.password());
            String[] arguments = {
                "ingest",
                "--sink",
                "clickhouse",
                "--clickhouse-url",
                engine.url().toString(),
                "--clickhouse-user",
                engine.user(),
                "--listen-port",
                "0"
            };
            try (Running running = floodmark.start(arguments)) {
                assertThat(sender.send(running.servicePort(), ids("a"))).isEqualTo(200);
                assertThat(sender.acknowledged()).hasSize(50);
                running.signal("TERM");
                Finished finished = running.finish();

                assertThat(finished.exitCode()).as(finished.err()).isZero();
                assertThat(finished.err()).doesNotContain(engine.password());
            }
            assertThat(stored(engine)).isEqualTo("50\t50");
            auditAndReplay(floodmark, engine);
        }
    }

    private void auditAndReplay(Floodmark floodmark, LocalClickHouse engine) throws Exception {
        String sink = "--sink=clickhouse";
        String url = "--clickhouse-url=" + engine.url();
        String user = "--clickhouse-user=" + engine.user();
        Path acked =
                Files.writeString(
                        folder.resolve("acked"),
                        "{\"event_id\":\"a0\"}\n{\"event_id\":\"b0\",\"level\":\"clickhouse\"}\n");

        Finished audit =
                floodmark.run("ingest", "audit", sink, url, user, "--json", acked.toString());
        assertThat(audit.exitCode()).as(audit.err()).isEqualTo(3);
        assertThat(audit.out()).contains("\"found\":1", "\"first_missing\":[\"b0\"]");
        Finished list = floodmark.run("ingest", "replay", sink, url, user, "--list");
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.err()).contains("there are no dead letters");
    }

    @Test
    void events_go_through_kafka_into_clickhouse_and_both_keep_their_data() throws Exception {
        Floodmark floodmark =
                Floodmark.in(folder).with("XDG_STATE_HOME", folder.resolve("state").toString());
        try (IngestSender sender = new IngestSender()) {
            for (String round : List.of("a", "b")) {
                try (Running running =
                        floodmark.start(
                                "ingest",
                                "--sink",
                                "kafka",
                                "--local",
                                "--clickhouse",
                                "--listen-port",
                                "0")) {
                    assertThat(sender.send(running.servicePort(), ids(round))).isEqualTo(200);
                    running.signal("TERM");
                    Finished finished = running.finish();

                    assertThat(finished.exitCode()).as(finished.err()).isZero();
                    assertThat(finished.err()).contains("everything in Kafka is in ClickHouse");
                }
            }
        }
        Path data = folder.resolve("state/floodmark/local/clickhouse");
        try (LocalClickHouse engine =
                LocalClickHouse.startIn(data, LocalClickHouse.Options.defaults())) {
            assertThat(stored(engine)).isEqualTo("100\t100");
        }
    }

    @Test
    void what_is_missing_is_said_before_anything_starts() throws Exception {
        Floodmark floodmark = Floodmark.in(folder);

        Finished nowhere = floodmark.run("ingest", "--sink", "clickhouse");
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err()).contains("ClickHouse needs either --clickhouse-url");
        Finished unfed = floodmark.run("ingest", "--clickhouse");
        assertThat(unfed.exitCode()).isEqualTo(1);
        assertThat(unfed.err()).contains("--clickhouse needs --sink kafka");
        Finished strange =
                floodmark.run(
                        "ingest", "--sink", "clickhouse", "--clickhouse-url", "http://u:p@h:1/x");
        assertThat(strange.exitCode()).isEqualTo(1);
        assertThat(strange.err()).contains("must be like http://host:8123");
    }
}
