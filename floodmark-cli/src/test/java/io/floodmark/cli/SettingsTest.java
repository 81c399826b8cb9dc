package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.load.record.Verdict;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where settings come from, what is shown of them, and objectives.
final class SettingsTest {

    private static final String SECRET = "a!b;c$d e";

    /// What a user has beside the seed program that this one can replace.
    private static final String ENV_FILE =
            """
            # An .env file that another load generator uses.
            DB_HOST=127.0.0.1
            DB_PORT=5678
            DB_USER=postgres
            DB_PASSWORD='a!b;c$d e'
            DB_NAME=postgres
            DB_SSL_MODE=disable
            DB_MAX_OPEN_CONNS=50
            DB_MAX_IDLE_CONNS=10
            DB_MIN_FREE_CONNS=5
            CONCURRENT_WRITERS=10
            TEST_RUN_DURATION=30
            BATCH_SIZE=100
            READ_BATCH_SIZE=10
            REPORT_INTERVAL=10
            READ_PERCENT=0
            INSERT_PERCENT=70
            UPDATE_PERCENT=30
            TABLE_NAME=load_test_data
            """;

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
    void environment_file_of_another_tool_runs_unchanged_and_flags_beat_it() throws Exception {
        Finished run;
        try (LocalPostgres own = LocalPostgres.start()) {
            new Database(own, "postgres").execute("ALTER ROLE postgres PASSWORD '" + SECRET + "'");
            Files.writeString(
                    folder.resolve(".env"),
                    ENV_FILE.replace("DB_PORT=5678", "DB_PORT=" + own.port()));
            run = Floodmark.in(folder).run("run", "--duration", "3s", "--rate", "30").completed();
        }

        JsonNode settings = run.summary().get("run");
        assertThat(settings.get("duration_s").asDouble()).isEqualTo(3);
        assertThat(settings.get("workers").asInt()).isEqualTo(10);
        assertThat(settings.get("mix").toString()).contains("insert 70 %", "update 30 %");
        assertThat(run.summary().at("/write_check/acknowledged").asLong()).isGreaterThan(500);
        assertThat(run.summary().at("/write_check/acked_lost").asLong(-1)).isZero();
        assertThat(run.out() + run.err() + run.files().text()).doesNotContain(SECRET);
        assertThat(run.err().lines().filter(line -> line.contains("done")).count()).isLessThan(3);
    }

    @Test
    void print_config_shows_sources_and_masks_secrets() throws Exception {
        Files.writeString(folder.resolve("s.yaml"), "rate: 70\nworkers: 7\n");
        Files.writeString(folder.resolve(".env"), "BATCH_SIZE=33\nDB_PASSWORD='a!b;c$d e'\n");
        Floodmark floodmark =
                Floodmark.in(folder).with("DATABASE_URL", "postgresql://u:pw-in-url@h:77/x");

        Finished text =
                floodmark.run("run", "--print-config", "--rate", "80", "--scenario", "s.yaml");

        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.out())
                .containsPattern("(?m)^rate +80/s +flag --rate$")
                .containsPattern("(?m)^workers +7 +scenario s.yaml key workers$")
                .containsPattern("(?m)^batch-size +33 +\\.env file line 1 BATCH_SIZE$")
                .containsPattern("(?m)^host +h +environment DATABASE_URL$")
                .containsPattern("(?m)^queue +100 +default$")
                .containsPattern("(?m)^password +\\*\\*\\* ");
        assertThat(text.out() + text.err()).doesNotContain(SECRET, "pw-in-url");
        assertThat(RunFiles.foldersIn(folder)).isEmpty();

        Finished json = floodmark.run("run", "--print-config", "--json");
        assertThat(new ObjectMapper().readTree(json.out()).get("settings")).hasSizeGreaterThan(25);
        assertThat(json.out() + json.err()).doesNotContain(SECRET, "pw-in-url");
    }

    @Test
    void missed_objective_ends_with_its_own_exit_code_and_a_kept_one_does_not() throws Exception {
        Database database = Database.create(server, "objectives");

        Finished run =
                Floodmark.in(folder, database)
                        .runOn(
                                database,
                                "--duration=2s",
                                "--threshold=response:p99<0.001ms",
                                "--threshold=failed:rate<99%")
                        .completedAs(Verdict.SLO_MISSED);

        assertThat(run.summary().get("thresholds")).hasSize(2);
        assertThat(run.summary().at("/thresholds/0/passed").asBoolean()).isFalse();
        assertThat(run.summary().at("/thresholds/1/passed").asBoolean()).isTrue();
        assertThat(run.out()).contains("✗ response:p99<0.001ms", "✓ failed:rate<99%");

        Floodmark.in(folder, database)
                .runOn(database, "--duration", "2s", "--threshold", "response:p99<60s")
                .completed();
    }
}
