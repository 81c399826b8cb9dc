package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job: load a server, report, leave nothing behind.
final class MainJobTest {

    private static final String TABLE = "load_test_data";

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
    void run_reports_writes_its_files_and_drops_its_table() throws Exception {
        Database database = Database.create(server, "main_job");

        Finished run =
                Floodmark.in(folder, database)
                        .run(
                                "run",
                                "--workload=table",
                                "--url",
                                database.url(),
                                "--duration",
                                "3s",
                                "--rate",
                                "100")
                        .completed();

        assertThat(database.hasTable(TABLE)).isFalse();
        assertThat(run.files().account("due")).isBetween(200L, 400L);
        assertThat(run.files().account("done")).isGreaterThan(100);
        assertThat(run.summary().at("/certificate/ceiling_per_s").asDouble()).isGreaterThan(1_000);
        assertThat(run.out())
                .contains("Account", "Throughput", "Write check", "100/s")
                .contains(run.files().folder().getFileName().toString())
                .contains("✓ ");
        assertAllWritesFound(run.summary());
        assertFiles(run.files());
        assertThat(run.out() + run.err() + run.files().text()).doesNotContain(database.password());
    }

    private static void assertAllWritesFound(JsonNode summary) {
        JsonNode check = summary.get("write_check");
        assertThat(check.get("acknowledged").asLong()).isPositive();
        assertThat(check.get("found")).isEqualTo(check.get("acknowledged"));
        assertThat(check.get("acked_lost").asLong()).isZero();
        assertThat(check.get("duplicated").asLong()).isZero();
        assertThat(check.get("problem").asText()).isEmpty();
    }

    private static void assertFiles(RunFiles files) throws Exception {
        JsonNode summary = files.summary();
        JsonNode environment = new ObjectMapper().readTree(files.file("environment.json").toFile());
        assertThat(environment.at("/server")).isNotEmpty();
        assertThat(environment.at("/generator/cores").asInt()).isPositive();
        assertThat(files.series()).hasSizeBetween(3, 4);
        assertThat(Files.readString(files.file("report.html")))
                .startsWith("<!DOCTYPE html>")
                .contains(summary.get("run_id").asText())
                .doesNotContain("src=\"http", "href=\"http");
        Map<String, Histogram> logged = files.distributions();
        Histogram none = new Histogram(1);
        for (String name : new String[] {"response", "service", "wait"}) {
            assertThat(logged.getOrDefault(name, none).getTotalCount())
                    .as(name)
                    .isEqualTo(summary.at("/" + name + "_ms/count").asLong());
        }
        summary.get("kinds")
                .propertyStream()
                .forEach(kind ->
                        assertThat(
                                        logged.getOrDefault("response_" + kind.getKey(), none)
                                                .getTotalCount())
                                .as(kind.getKey())
                                .isEqualTo(kind.getValue().at("/response_ms/count").asLong()));
        assertThat(files.distribution("response").getValueAtPercentile(99) / 1e6)
                .isEqualTo(summary.at("/response_ms/p99").asDouble());
    }

    /// With the longest name, in another schema, so that its indexes need names of their own.
    @Test
    void kept_table_stays_and_the_next_run_uses_it() throws Exception {
        Database database = Database.create(server, "kept");
        database.execute("CREATE SCHEMA bench");
        String table = "bench." + "t".repeat(63);
        String[] options = {"--duration", "1s", "--keep", "--table", table};
        Floodmark floodmark = Floodmark.in(folder, database);

        Finished first = floodmark.runOn(database, options).completed();
        assertThat(first.err()).contains("created table");
        long rows = database.number("SELECT count(*) FROM " + table);
        assertThat(rows).isGreaterThan(200);
        assertThat(database.number("SELECT count(*) FROM pg_indexes WHERE schemaname = 'bench'"))
                .isEqualTo(3);

        Finished second = floodmark.runOn(database, options).completed();
        assertThat(second.err()).contains("using table " + table + " that an earlier run kept");
        assertThat(database.number("SELECT count(*) FROM " + table)).isGreaterThan(rows + 200);
        assertAllWritesFound(second.summary());
        assertThat(RunFiles.foldersIn(folder)).hasSize(2);
    }

    @Test
    void kept_table_is_dropped_only_by_a_run_that_says_so() throws Exception {
        Database database = Database.create(server, "kept_for_good");
        Floodmark.in(folder, database).runOn(database, "--duration", "1s", "--keep").completed();
        long rows = database.number("SELECT count(*) FROM load_test_data");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));

        Floodmark.in(elsewhere, database)
                .runOn(database, "--duration", "1s")
                .refusedWith(5, "was kept by an earlier run", "--keep", "--drop", "--table");
        assertThat(database.number("SELECT count(*) FROM load_test_data")).isEqualTo(rows);

        Floodmark.in(elsewhere, database).runOn(database, "--duration", "1s", "--drop").completed();
        assertThat(database.hasTable("load_test_data")).isFalse();
    }

    @Test
    void json_is_the_only_thing_on_standard_output() throws Exception {
        Database database = Database.create(server, "json");

        Finished run =
                Floodmark.in(folder, database)
                        .runOn(database, "--duration", "1s", "--json")
                        .completed();

        assertThat(new ObjectMapper().readTree(run.out())).isEqualTo(run.summary());
        assertThat(run.out().strip().lines()).hasSize(1);
    }

    @Test
    void run_without_a_server_starts_a_private_one_and_takes_it_away() throws Exception {
        Finished run =
                Floodmark.in(folder)
                        .run("run", "--duration", "1s", "--rate", "50", "--seed-rows", "100")
                        .completed();

        assertThat(run.err()).contains("starting a private PostgreSQL 18");
        assertThat(run.summary().at("/run/target").asText()).contains("(private)");
        assertThat(PrivateServers.startedFrom(run.summary())).isEmpty();
    }

    @Test
    void read_only_mix_needs_no_check_of_writes() throws Exception {
        Database database = Database.create(server, "reading");

        Finished run =
                Floodmark.in(folder, database)
                        .runOn(database, "--duration", "1s", "--mix", "read=100")
                        .completed();

        assertThat(run.summary().has("write_check")).isFalse();
        assertThat(run.out()).doesNotContain("Write check");
        assertThat(run.summary().get("kinds").propertyStream().map(Map.Entry::getKey))
                .containsExactly("read");
        assertThat(run.summary().get("bytes_written").asLong()).isZero();
    }

    @Test
    void transactions_count_as_insert_and_update_in_the_check() throws Exception {
        Database database = Database.create(server, "transactions");

        Finished run =
                Floodmark.in(folder, database)
                        .runOn(database, "--duration", "1s", "--mix", "transaction=100")
                        .completed();

        assertAllWritesFound(run.summary());
        assertThat(run.summary().at("/kinds/transaction/done").asLong()).isPositive();
        assertThat(run.summary().at("/write_check/acknowledged").asLong())
                .isGreaterThan(10 * run.summary().at("/kinds/transaction/done").asLong());
    }

    @Test
    void closed_loop_is_labelled_and_offers_no_rate() throws Exception {
        Database database = Database.create(server, "closed");

        Finished run =
                Floodmark.in(folder, database)
                        .runOn(database, "--duration", "1s", "--arrival", "closed")
                        .completed();

        assertThat(run.out()).contains("Closed loop", "no rate was offered");
        assertThat(run.summary().at("/run/closed_loop").asBoolean()).isTrue();
        assertThat(run.summary().get("throughput").has("offered_per_s")).isFalse();
        assertThat(run.files().account("done")).isPositive();
        assertAllWritesFound(run.summary());
    }
}
