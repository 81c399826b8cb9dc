package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.load.record.Verdict;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of acknowledged writes, when the server crashes and when somebody takes them away.
final class LostServerTest {

    private static final int KILLED_AT = 3;

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
    void run_survives_a_crash_of_the_server_and_loses_no_acknowledged_write() throws Exception {
        Database database = Database.create(server, "crash");
        try (Running running =
                Floodmark.in(folder, database).startRun(database, "--duration", "10s")) {
            running.awaitSeconds(KILLED_AT);
            server.faults().killNine();
            running.awaitSeconds(KILLED_AT + 1);
            server.restart();
            RunFiles files = running.finish().completed().files();

            assertThat(files.account("failed")).isPositive();
            assertThat(files.summary().get("failures"))
                    .isNotEmpty()
                    .allSatisfy(failure ->
                            assertThat(failure.get("kind").asText()).matches("(08|57) [a-z ]+"));
            assertThat(files.sum("done", 0, KILLED_AT + 0.5)).isPositive();
            assertThat(files.sum("done", KILLED_AT + 4, 11)).isGreaterThan(50);
            JsonNode check = files.summary().get("write_check");
            assertThat(check.get("acknowledged").asLong()).isGreaterThan(500);
            assertThat(check.get("acked_lost").asLong()).as("%s", check).isZero();
            assertThat(check.get("duplicated").asLong()).as("%s", check).isZero();
            assertThat(check.get("problem").asText()).isEmpty();
        }
    }

    @Test
    void deleted_overwritten_and_doubled_rows_are_found_out() throws Exception {
        Database database = Database.create(server, "tampered");
        try (Running running =
                Floodmark.in(folder, database)
                        .startRun(
                                database,
                                "--duration=4s",
                                "--deadline=none",
                                "--mix=insert=50,update=50",
                                "--seed-rows",
                                "5000")) {
            running.awaitSeconds(2);
            long deleted =
                    database.execute("DELETE FROM load_test_data WHERE email ~ '\\+\\d+-1@'");
            long overwritten =
                    database.execute(
                            "UPDATE load_test_data SET data = 'gone' WHERE data ~ '^u[a-z0-9]+:'");
            long doubled = database.execute(copyOf("email ~ '\\+\\d+-0@'"));
            Finished run = running.finish().completedAs(Verdict.SLO_MISSED);

            JsonNode check = run.summary().get("write_check");
            assertThat(deleted).isPositive();
            assertThat(doubled).isPositive();
            assertThat(overwritten).isGreaterThan(5);
            // The run may have written a few of the overwritten rows again.
            assertThat(check.get("acked_lost").asLong())
                    .isBetween(deleted + overwritten / 2, deleted + overwritten);
            assertThat(check.get("duplicated").asLong()).isEqualTo(doubled);
            assertThat(run.summary().get("reasons").toString())
                    .contains("acknowledged writes are lost");
            assertThat(run.out()).contains("✗");
        }
    }

    private static String copyOf(String rows) {
        return """
        INSERT INTO load_test_data (name, email, age, address, phone_number, data)
        SELECT name, email, age, address, phone_number, data FROM load_test_data
        WHERE %s
        """
                .formatted(rows);
    }

    @Test
    void run_whose_table_is_taken_away_is_aborted() throws Exception {
        Database database = Database.create(server, "gone");
        try (Running running =
                Floodmark.in(folder, database).startRun(database, "--duration", "3s")) {
            running.awaitSeconds(1);
            database.execute("DROP TABLE load_test_data");
            Finished run = running.finish();

            assertThat(run.exitCode()).isEqualTo(2);
            run.files().assertAccountCloses();
            assertThat(run.summary().get("reasons").toString())
                    .contains("the writes could not be checked");
            assertThat(run.summary().at("/failures/0/kind").asText()).startsWith("42 ");
        }
    }
}
