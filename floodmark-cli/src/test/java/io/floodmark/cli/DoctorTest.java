package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The checks before a run, and the refusal with its arithmetic.
final class DoctorTest {

    private static final int REFUSED = 5;
    private static final String ARITHMETIC =
            "200 max − 3 superuser − 0 reserved − 0 in use = 197; 500 wanted + 2 monitor leaves −305,"
                    + " at least 5 must stay free";

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
    void run_with_more_workers_than_connections_is_refused_with_the_arithmetic() throws Exception {
        Database database = Database.create(server, "too_many");

        Floodmark.in(folder, database)
                .runOn(database, "--workers", "500", "--workload=table")
                .refusedWith(
                        REFUSED,
                        ARITHMETIC,
                        "lower --max-connections (DB_MAX_OPEN_CONNS) to 190",
                        "refused");

        assertThat(database.hasTable("load_test_data")).isFalse();
    }

    @Test
    void run_tells_what_the_checks_warn_of_and_what_they_could_not_find_out() throws Exception {
        Database database = Database.create(server, "modest");
        database.execute("CREATE ROLE modest LOGIN PASSWORD 'modest-secret'");
        database.execute("ALTER DATABASE modest OWNER TO modest");
        database.execute("ALTER ROLE modest SET synchronous_commit = off");

        Finished run =
                Floodmark.in(folder)
                        .with("DB_PASSWORD", "modest-secret")
                        .run(
                                "run",
                                "--url=postgresql://modest@%s:%d/modest"
                                        .formatted(server.host(), server.port()),
                                "--duration=1s",
                                "--rate=20",
                                "--workers=2",
                                "--seed-rows=100",
                                "--calibrate=false")
                        .completed();

        assertThat(run.err())
                .containsPattern("(?m)^unknown +disk: free space is not known: .*-> make sure")
                .containsPattern("(?m)^warn +durability: ")
                .doesNotContainPattern("(?m)^pass ");
    }

    @Test
    void doctor_shows_every_check_and_its_verdict() throws Exception {
        Database database = Database.create(server, "healthy");
        Floodmark floodmark = Floodmark.in(folder, database);

        Finished safe = floodmark.run("doctor", "--url", database.url());
        assertThat(safe.exitCode()).as(safe.err()).isZero();
        assertThat(safe.out()).contains("connections: ", "durability: ", "safe to run");
        assertThat(database.hasTable("load_test_data")).isFalse();

        Finished refused =
                floodmark.run(
                        "doctor", "--url", database.url(), "--workers", "500", "--workload=table");
        assertThat(refused.exitCode()).isEqualTo(REFUSED);
        assertThat(refused.out()).contains(ARITHMETIC, "refused, 1 of ");
    }

    @Test
    void doctor_prints_one_json_object() throws Exception {
        Database database = Database.create(server, "as_json");

        Finished refused =
                Floodmark.in(folder, database)
                        .run(
                                "doctor",
                                "--url",
                                database.url(),
                                "--workers",
                                "500",
                                "--json",
                                "--workload=table");

        assertThat(refused.exitCode()).isEqualTo(REFUSED);
        JsonNode report = new ObjectMapper().readTree(refused.out());
        assertThat(refused.out().strip().lines()).hasSize(1);
        assertThat(report.get("verdict").asText()).isEqualTo("refused");
        assertThat(report.get("checks"))
                .anySatisfy(check -> {
                    assertThat(check.get("name").asText()).isEqualTo("connections");
                    assertThat(check.get("outcome").asText()).isEqualToIgnoringCase("refuse");
                    assertThat(check.get("sentence").asText()).contains(ARITHMETIC);
                });
    }

    @Test
    void doctor_without_a_server_checks_a_private_one() throws Exception {
        Finished doctor = Floodmark.in(folder).run("doctor");

        assertThat(doctor.exitCode()).as(doctor.err()).isZero();
        assertThat(doctor.out()).contains("PostgreSQL 18", "safe to run");
    }
}
