package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.load.record.Verdict;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No room for the files of a run, from the start or from some second on. The means is a limit of
/// the operating system on the size of files, which needs no rights and no disk of its own.
final class FullDiskTest {

    private static final int INCOMPLETE_FILES = 1;

    /// Room for the environment and a few seconds of the series.
    private static final int FEW_SECONDS_BYTES = 4_096;

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

    private Finished run(Database database, int bytes, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--url", database.url()));
        arguments.addAll(List.of("--calibrate=false", "--seed-rows=200", "--workers=4"));
        arguments.addAll(List.of("--rate=50", "--mix=insert=50,update=50"));
        arguments.addAll(List.of(more));
        try (Running running =
                Floodmark.in(folder, database)
                        .startWithFilesUpTo(bytes, arguments.toArray(String[]::new))) {
            return running.finish();
        }
    }

    @Test
    void disk_that_is_full_at_the_start_is_told_before_anything_is_loaded() throws Exception {
        Database database = Database.create(server, "full_at_the_start");

        run(database, 0, "--duration=2s", "--out=results")
                .complainedOnce(
                        folder.toRealPath() + "/results cannot be written", "free space", "--out");

        assertThat(database.hasTable("load_test_data")).isFalse();
    }

    @Test
    void disk_that_fills_up_during_the_run_is_told_once_and_the_summary_stays() throws Exception {
        Database database = Database.create(server, "full_on_the_way");

        Finished run = run(database, FEW_SECONDS_BYTES, "--duration=14s");

        assertThat(run.exitCode()).as(run.err()).isIn(INCOMPLETE_FILES, Verdict.INVALID.exitCode());
        assertThat(run.err())
                .containsOnlyOnce("floodmark: the run folder ")
                .contains(run.files().folder().toRealPath() + " is incomplete: ")
                .contains("series.csv (", "latency.hlog (", "summary.json (", "report.html (")
                .contains("free space there or choose another with --out")
                .doesNotContain("\tat ", "Exception");
        assertThat(run.out()).contains("Account", "Write check", "books close");
        assertThat(run.files().seriesLines()).as("it had begun").hasSizeGreaterThan(2);
        assertThat(run.files().file("series.csv")).hasSize(FEW_SECONDS_BYTES);
        assertThat(database.hasTable("load_test_data")).as("cleaned up").isFalse();
    }

    @Test
    void json_of_a_run_without_room_is_whole() throws Exception {
        Database database = Database.create(server, "full_json");

        Finished run = run(database, FEW_SECONDS_BYTES, "--duration=2s", "--json");

        JsonNode summary = new ObjectMapper().readTree(run.out());
        boolean passed = summary.get("exit_code").asInt() == 0;
        assertThat(run.exitCode())
                .isEqualTo(passed ? INCOMPLETE_FILES : Verdict.INVALID.exitCode());
        assertThat(summary.at("/account/closed").asBoolean()).isTrue();
        assertThat(summary.at("/write_check/acked_lost").asLong(-1)).isZero();
        assertThat(run.err()).contains(" is incomplete: ").doesNotContain("\tat ");
    }
}
