package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.floodmark.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user does after the service ran: audits what is stored, replays what was refused.
final class IngestLookTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static LocalPostgres server;

    @TempDir private static Path shared;
    private static CommandLines commands;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = LocalPostgres.start();
        commands = CommandLines.in(Floodmark.in(shared, new Database(server, "postgres")));
    }

    @AfterAll
    static void stop() throws Exception {
        commands.close();
        server.close();
    }

    private Running ingest(Database database, String... more) throws IOException {
        return Floodmark.in(folder, database).startIngest(database, more);
    }

    private static int port(Running running) throws Exception {
        return running.servicePort();
    }

    private void stop(Running running) throws Exception {
        running.signal("TERM");
        assertThat(running.finish().exitCode()).isZero();
    }

    @Test
    void audit_finds_what_is_missing_or_there_twice_and_says_so_by_its_exit_code()
            throws Exception {
        Database database = Database.create(server, "ingest_audit");
        try (Running running = ingest(database);
                IngestSender sender = new IngestSender()) {
            assertThat(sender.send(port(running), List.of("a", "b", "c"))).isEqualTo(200);
            stop(running);
        }
        Path acked =
                Files.writeString(
                        folder.resolve("acked.ndjson"),
                        "{\"event_id\":\"a\",\"level\":\"postgres\"}\n{\"event_id\":\"b\",\"level\":\"postgres\"}\n");

        Finished clean = audit(database, acked.toString());
        assertThat(clean.exitCode()).as(clean.err()).isZero();
        assertThat(clean.out()).contains("acknowledged      2", "not acknowledged  1");

        database.execute("DELETE FROM floodmark.ingest_events WHERE event_id = 'a'");
        database.execute(
                """
                INSERT INTO floodmark.ingest_events
                SELECT received_at + interval '1 day', occurred_at, tenant, event_id, event_type, key, event
                FROM floodmark.ingest_events WHERE event_id = 'b'
                """);
        Path empty = Files.writeString(folder.resolve("empty.ndjson"), "");
        Finished unproved = audit(database, empty.toString());
        assertThat(unproved.exitCode()).isEqualTo(2);
        assertThat(unproved.err()).contains("nothing is proved");
        Finished missing = audit(database, "--json", acked.toString());
        assertThat(missing.exitCode()).isEqualTo(3);
        JsonNode report = JSON.readTree(missing.out());
        assertThat(report.get("missing").asLong()).isEqualTo(1);
        assertThat(report.at("/first_missing/0").asText()).isEqualTo("a");
        assertThat(report.at("/missing_by_level/postgres").asLong()).isEqualTo(1);
        assertThat(report.get("duplicated").asLong()).isEqualTo(1);
    }

    @Test
    void a_running_service_is_held_against_the_rows_since_its_start() throws Exception {
        Database database = Database.create(server, "ingest_audit_service");
        try (Running running = ingest(database);
                IngestSender sender = new IngestSender()) {
            int port = port(running);
            String service = "--service=http://127.0.0.1:" + port;
            Finished nothing = audit(database, service);
            assertThat(nothing.exitCode()).as(nothing.err()).isEqualTo(2);
            assertThat(nothing.out()).contains("cannot tell");

            assertThat(sender.send(port, List.of("a", "b", "c"))).isEqualTo(200);
            assertThat(sender.send(port, List.of("c", "d"))).isEqualTo(200);
            Finished clean = audit(database, service);
            assertThat(clean.exitCode()).as(clean.err()).isZero();
            assertThat(clean.out()).contains("acknowledged      5", "newly stored    4", "missing");

            database.execute("DELETE FROM floodmark.ingest_events WHERE event_id = 'a'");
            Finished lost = audit(database, "--json", service);
            assertThat(lost.exitCode()).isEqualTo(3);
            assertThat(JSON.readTree(lost.out()).get("missing").asLong()).isEqualTo(1);
            Finished elsewhere = commands.run("ingest", "audit", "--sink=clickhouse", service);
            assertThat(elsewhere.exitCode()).isEqualTo(1);
            assertThat(elsewhere.err()).contains("PostgreSQL only");
            stop(running);
        }
    }

    @Test
    void what_an_audit_needs_is_said_in_one_line() throws Exception {
        commands.run("ingest", "audit").complainedOnce("FILE", "--service");
        commands.run("ingest", "audit", "--service=http://127.0.0.1:1", "--tenant=t")
                .complainedOnce("--tenant", "FILE");
        Floodmark.in(folder)
                .with("XDG_STATE_HOME", folder.resolve("state").toString())
                .run("ingest", "audit", "--service=http://127.0.0.1:1")
                .complainedOnce("no server is named");
        commands.run("ingest", "audit", "--sink=kafka", "f").complainedOnce("--bootstrap");
        commands.run("ingest", "audit", "--bootstrap=k:1", "f").complainedOnce("--sink kafka");
        commands.run("ingest", "replay", "--sink=clickhouse").complainedOnce("--clickhouse-url");
        commands.run("ingest", "audit", "--from=today", "f").complainedOnce("--from is today");
    }

    private Finished audit(Database database, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("ingest", "audit", "--url", database.url()));
        arguments.addAll(List.of(more));
        return commands.run(arguments.toArray(String[]::new));
    }

    @Test
    void audit_of_a_file_that_is_none_is_a_mistake_told_in_one_line() throws Exception {
        Database database = Database.create(server, "ingest_audit_bad");
        Path bad = Files.writeString(folder.resolve("bad"), "a-1\n");

        Finished finished = audit(database, bad.toString());

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.err())
                .contains("line 1: expected a JSON object")
                .doesNotContain("\tat ", "Exception");
        Finished absent = audit(database, folder.resolve("none").toString());
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.err()).contains("none does not exist").doesNotContain("Exception");
    }

    @Test
    void replay_lists_dead_letters_and_stores_them_once_when_their_cause_is_mended()
            throws Exception {
        Database database = Database.create(server, "ingest_replay");
        try (Running running = ingest(database);
                IngestSender sender = new IngestSender()) {
            int port = port(running);
            database.execute(
                    "ALTER TABLE floodmark.ingest_events ADD CONSTRAINT too_early CHECK (event_id <> 'bad')");
            assertThat(sender.send(port, List.of("good", "bad"))).isEqualTo(422);

            Finished listed = replay(database, "--list");
            assertThat(listed.out().lines()).singleElement().asString().contains("bad", "23514");

            Finished refused = replay(database);
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.out()).contains("1 refused again", "bad: ", "23514");

            database.execute("ALTER TABLE floodmark.ingest_events DROP CONSTRAINT too_early");
            Finished done = replay(database, "--json");
            assertThat(done.exitCode()).as(done.err()).isZero();
            assertThat(JSON.readTree(done.out()).get("stored").asLong()).isEqualTo(1);
            assertThat(replay(database).out()).startsWith("0 stored, 0 were there already");
            assertThat(sender.send(port, List.of("bad"))).isEqualTo(200);
            stop(running);
        }
        assertThat(database.number("SELECT count(*) FROM floodmark.ingest_events")).isEqualTo(2);
        assertThat(
                        database.number(
                                "SELECT count(*) FROM floodmark.ingest_dead_letters WHERE times = 2 AND replayed_at IS NOT NULL"))
                .isEqualTo(1);
    }

    private Finished replay(Database database, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("ingest", "replay", "--url", database.url()));
        arguments.addAll(List.of(more));
        return commands.run(arguments.toArray(String[]::new));
    }

    @Test
    void what_was_acknowledged_from_memory_and_is_not_stored_shows_in_the_exit_code()
            throws Exception {
        try (LocalPostgres own = LocalPostgres.start()) {
            Database database = Database.create(own, "ingest_lost");
            try (Running running = ingest(database, "--ack", "memory", "--drain", "1");
                    IngestSender sender = new IngestSender()) {
                int port = port(running);
                own.stop();
                assertThat(sender.send(port, List.of("a", "b"))).isEqualTo(202);
                running.signal("TERM");
                Finished finished = running.finish();

                assertThat(finished.exitCode()).as(finished.err()).isEqualTo(2);
                assertThat(finished.err()).contains("are not stored");
            }
        }
    }

    @Test
    void it_stops_in_order_when_its_starter_is_gone() throws Exception {
        Database database = Database.create(server, "ingest_starter");
        try (Running running = ingest(database, "--stop-at-eof");
                IngestSender sender = new IngestSender()) {
            assertThat(sender.send(port(running), List.of("a"))).isEqualTo(200);
            running.signal("INT");
            assertThat(sender.send(port(running), List.of("b"))).isEqualTo(200);
            running.process().getOutputStream().close();
            Finished finished = running.finish();

            assertThat(finished.exitCode()).as(finished.err()).isZero();
        }
        assertThat(database.number("SELECT count(*) FROM floodmark.ingest_events")).isEqualTo(2);
    }
}
