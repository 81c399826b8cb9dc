package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The default workload, events on an event store, as a user runs it.
final class EventsRunTest {

    private static final String COUNT_SCHEMAS =
            "SELECT count(*) FROM pg_namespace WHERE nspname = 'floodmark_load'";

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

    private Finished run(Database database, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--url", database.url()));
        arguments.addAll(List.of("--calibrate=false", "--duration=2s", "--rate=100"));
        arguments.addAll(List.of("--books=100", "--readers=20", "--workers=8"));
        arguments.addAll(List.of(more));
        return Floodmark.in(folder, database).run(arguments.toArray(String[]::new));
    }

    private static void assertEventsFound(JsonNode summary) {
        JsonNode check = summary.get("write_check");
        assertThat(check.get("problem").asText()).isEmpty();
        assertThat(check.get("acknowledged").asLong()).isPositive();
        assertThat(check.get("found")).isEqualTo(check.get("acknowledged"));
        assertThat(check.get("acked_lost").asLong()).isZero();
        assertThat(check.get("duplicated").asLong()).isZero();
        assertThat(check.get("violations")).isEmpty();
    }

    @Test
    void run_finds_every_event_closes_its_account_and_drops_its_schema() throws Exception {
        Database database = Database.create(server, "events");

        Finished run = run(database, "--contended", "50").completed();

        assertThat(run.summary().at("/run/workload").asText()).isEqualTo("events");
        assertThat(run.err()).contains("created schema floodmark_load", "opened a library of 100");
        assertEventsFound(run.summary());
        run.files().assertAccountCloses();
        assertThat(run.summary().at("/counts/events_appended"))
                .isEqualTo(run.summary().at("/write_check/acknowledged"));
        assertThat(run.summary().get("kinds").has("lend")).isTrue();
        assertThat(run.files().series().getLast().whole("events_appended")).isPositive();
        assertThat(run.out().replaceAll("\\s+", " ")).contains("conflicted", "events appended");
        assertThat(database.number(COUNT_SCHEMAS)).isZero();
    }

    @Test
    void kept_schema_stays_and_the_next_run_goes_on_in_its_log() throws Exception {
        Database database = Database.create(server, "events_kept");

        run(database, "--keep").completed();
        long events = database.number("SELECT count(*) FROM floodmark_load.events");
        assertThat(events).isGreaterThan(120);

        Finished refused = run(database);
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.err()).contains("schema 'floodmark_load' was kept by an earlier run");

        Finished second = run(database, "--keep").completed();
        assertThat(second.err()).contains("using schema floodmark_load that an earlier run kept");
        assertEventsFound(second.summary());
        assertThat(database.number("SELECT count(*) FROM floodmark_load.events"))
                .isGreaterThan(events + 120);
    }

    @Test
    void schema_of_somebody_else_is_refused_and_left_alone() throws Exception {
        Database database = Database.create(server, "events_foreign");
        database.execute("CREATE SCHEMA floodmark_load");
        database.execute("CREATE TABLE floodmark_load.theirs (id int)");

        Finished run = run(database, "--yes");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("schema 'floodmark_load' exists and is not ours");
        assertThat(database.number("SELECT count(*) FROM floodmark_load.theirs")).isZero();
    }

    @Test
    void reads_from_a_replica_of_the_private_server() throws Exception {
        Finished run =
                Floodmark.in(folder)
                        .run(
                                "run",
                                "--read-from=replica",
                                "--calibrate=false",
                                "--duration=2s",
                                "--rate=50",
                                "--mix=read=50,lend=25,return=25")
                        .completed();

        assertThat(run.err()).contains("starting its streaming replica");
        assertThat(run.summary().at("/kinds/read/done").asLong()).isPositive();
        assertEventsFound(run.summary());
    }
}
