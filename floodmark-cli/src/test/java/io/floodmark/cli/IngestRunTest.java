package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.load.record.Verdict;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The workload `ingest`, as a user runs it: against a service that the run starts, and against one
/// that runs anyway.
final class IngestRunTest {

    private static final Pattern ADDRESS = Pattern.compile("taking events on (http://\\S+)");

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

    private static List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--workload=ingest"));
        arguments.addAll(List.of("--calibrate=false", "--duration=2s"));
        arguments.addAll(List.of("--workers=8", "--batch=20", "--deadline=5s"));
        if (!List.of(more).contains("--rate=300")) {
            arguments.add("--rate=60");
        }
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static void assertEventsFound(JsonNode summary) {
        JsonNode check = summary.get("write_check");
        assertThat(check.get("problem").asText()).isEmpty();
        assertThat(check.get("acknowledged").asLong()).isPositive();
        assertThat(check.get("found")).isEqualTo(check.get("acknowledged"));
        assertThat(check.get("duplicated").asLong()).isZero();
        assertThat(check.get("violations")).isEmpty();
    }

    /// Every event that was sent has an outcome.
    private static void assertEventsAddUp(JsonNode counts) {
        long outcomes = 0;
        for (String outcome :
                List.of("acknowledged", "duplicate", "rejected", "not_taken", "unknown")) {
            outcomes += counts.get("events_" + outcome).asLong();
        }
        assertThat(outcomes).isEqualTo(counts.get("events_sent").asLong()).isPositive();
    }

    @Test
    void run_starts_a_service_finds_every_event_and_leaves_nothing() throws Exception {
        Database database = Database.create(server, "ingest_run");

        Finished run =
                Floodmark.in(folder, database)
                        .run(
                                arguments("--url", database.url(), "--acked-file=acked.ndjson")
                                        .toArray(String[]::new))
                        .completed();

        assertThat(run.err()).contains("created schema floodmark_load", "ingestion service");
        assertEventsFound(run.summary());
        assertEventsAddUp(run.summary().get("counts"));
        run.files().assertAccountCloses();
        assertThat(run.summary().at("/kinds/single/done").asLong()).isPositive();
        assertThat(run.summary().at("/kinds/batch/done").asLong()).isPositive();
        assertThat(Files.readAllLines(folder.resolve("acked.ndjson")))
                .hasSize(run.summary().at("/write_check/acknowledged").asInt())
                .allMatch(line -> line.contains("\"level\":\"postgres\",\"time\":\"20"));
        assertThat(
                        database.number(
                                "SELECT count(*) FROM pg_namespace WHERE nspname = 'floodmark_load'"))
                .isZero();
    }

    @Test
    void mistakes_are_rejected_and_everything_else_is_found_compressed_in_lines_and_slowly()
            throws Exception {
        Database database = Database.create(server, "ingest_mistakes");

        Finished run =
                Floodmark.in(folder, database)
                        .run(
                                arguments(
                                                "--url",
                                                database.url(),
                                                "--invalid=10",
                                                "--gzip",
                                                "--skew=hot:50/3",
                                                "--slow-time=50ms",
                                                "--keep",
                                                "--mix=single=25,batch=25,ndjson=25,slow=25")
                                        .toArray(String[]::new))
                        .completed();

        assertEventsFound(run.summary());
        assertEventsAddUp(run.summary().get("counts"));
        assertThat(run.summary().at("/counts/events_rejected").asLong()).isPositive();
        assertThat(run.summary().at("/account/failed").asLong()).isZero();
        assertThat(
                        database.number(
                                """
                                SELECT 100 * count(*) FILTER (WHERE key IN ('u-0', 'u-1', 'u-2'))
                                           / count(*) FROM floodmark_load.ingest_events
                                """))
                .isBetween(35L, 65L);
    }

    @Test
    void a_running_service_with_keys_is_loaded_and_its_quota_is_an_outcome() throws Exception {
        Database database = Database.create(server, "ingest_service");
        Finished made = Floodmark.in(folder).run("ingest", "key", "load");
        String line = made.out().strip() + " 400 -\n";
        Path keys = Files.writeString(folder.resolve("keys.txt"), line);
        String key = made.err().substring(made.err().indexOf("fm_")).strip();
        try (Running service =
                Floodmark.in(folder, database)
                        .start(
                                "ingest",
                                "--url",
                                database.url(),
                                "--listen-port=0",
                                "--api-keys",
                                keys.toString())) {
            service.awaitError("taking events on");
            Matcher address = ADDRESS.matcher(Files.readString(service.errFile()));
            assertThat(address.find()).isTrue();

            Finished run =
                    Floodmark.in(folder, database)
                            .with("INGEST_API_KEY", key)
                            .run(
                                    arguments(
                                                    "--url",
                                                    database.url(),
                                                    "--service",
                                                    address.group(1),
                                                    "--rate=300")
                                            .toArray(String[]::new));

            assertThat(run.exitCode()).isIn(Verdict.PASS.exitCode(), Verdict.INVALID.exitCode());
            assertEventsFound(run.summary());
            assertEventsAddUp(run.summary().get("counts"));
            assertThat(run.summary().at("/counts/answers_429").asLong()).isPositive();
            assertThat(run.out()).contains("429 over quota");
            service.signal("TERM");
            assertThat(service.finish().exitCode()).isZero();
        }
    }

    @Test
    void a_service_that_is_not_there_is_said() throws Exception {
        Floodmark.in(folder)
                .run("run", "--service=http://127.0.0.1:9")
                .complainedOnce("nothing takes requests at http://127.0.0.1:9");
    }
}
