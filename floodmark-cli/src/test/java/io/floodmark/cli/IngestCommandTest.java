package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `floodmark ingest` as its users run it: to the end, through signals, and through `kill -9`.
final class IngestCommandTest {
    private static final int KILLS = 3;

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

    private Running ingest(Database database, String... more) throws IOException {
        return Floodmark.in(folder, database).startIngest(database, more);
    }

    @Test
    void sigterm_ends_it_with_everything_stored() throws Exception {
        Database database = Database.create(server, "ingest_term");
        try (Running running = ingest(database);
                IngestSender sender = new IngestSender()) {
            assertThat(sender.send(running.servicePort(), List.of("a", "b", "a"))).isEqualTo(200);
            running.signal("TERM");
            Finished finished = running.finish();

            assertThat(finished.exitCode()).as(finished.err()).isZero();
            assertThat(finished.err()).contains("everything that was accepted is stored");
        }
        assertThat(database.number("SELECT count(*) FROM floodmark.ingest_events")).isEqualTo(2);
    }

    @Test
    void after_kill_9_everything_acknowledged_is_there_and_nothing_twice() throws Exception {
        Database database = Database.create(server, "ingest_kill");
        Random random = new Random(9);
        try (IngestSender sender = new IngestSender()) {
            for (int round = 0; round < KILLS; round++) {
                try (Running running = ingest(database)) {
                    int wanted = sender.acknowledged().size() + 200 + random.nextInt(2_000);
                    List<List<String>> unsure =
                            sender.untilKilled(running, running.servicePort(), "r" + round, wanted);
                    assertThat(unsure).isNotEmpty();
                    assertStored(database, sender);
                    resend(database, sender, unsure);
                }
            }
            assertStored(database, sender);
            assertThat(sender.acknowledged()).isEqualTo(sender.sent());
        }
    }

    private void resend(Database database, IngestSender sender, List<List<String>> unsure)
            throws Exception {
        try (Running running = ingest(database)) {
            int port = running.servicePort();
            for (List<String> ids : unsure) {
                assertThat(sender.send(port, ids)).isEqualTo(200);
            }
            running.signal("TERM");
            assertThat(running.finish().exitCode()).isZero();
        }
    }

    private static void assertStored(Database database, IngestSender sender) throws Exception {
        String ids = String.join("'),('", sender.acknowledged());
        assertThat(
                        database.number(
                                """
                                SELECT count(*) FROM (VALUES ('%s')) AS sent(id)
                                WHERE NOT EXISTS
                                    (SELECT FROM floodmark.ingest_events WHERE event_id = sent.id)
                                """
                                        .formatted(ids)))
                .as("acknowledged and lost")
                .isZero();
        assertThat(
                        database.number(
                                "SELECT count(*) - count(DISTINCT event_id) FROM floodmark.ingest_events"))
                .as("stored twice")
                .isZero();
    }

    @Test
    void a_network_address_needs_keys() throws Exception {
        Floodmark.in(folder)
                .run("ingest", "--listen", "0.0.0.0")
                .complainedOnce("--api-keys", "--without-keys");
    }

    @Test
    void a_new_key_is_shown_once_and_its_line_is_taken() throws Exception {
        Finished made = Floodmark.in(folder).run("ingest", "key", "shop");
        assertThat(made.exitCode()).isZero();
        assertThat(made.out()).matches("shop [0-9a-f]{64}\\R");
        assertThat(made.err()).contains("fm_");
        Path keys = Files.writeString(folder.resolve("keys.txt"), made.out());
        Database database = Database.create(server, "ingest_keys");
        try (Running running = ingest(database, "--api-keys", keys.toString());
                IngestSender sender = new IngestSender()) {
            assertThat(sender.send(running.servicePort(), List.of("a"))).isEqualTo(401);
        }
    }
}
