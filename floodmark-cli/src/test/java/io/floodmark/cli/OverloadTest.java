package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several times what two workers can do: no arrival vanishes, whatever the policy. The four runs
/// go side by side, which overloads the server even more.
final class OverloadTest {

    private static final List<Running> RUNS = new ArrayList<>();

    @TempDir private static Path folder;

    private static LocalPostgres server;
    private static Running reject;
    private static Running wait;
    private static Running skipLate;
    private static Running patient;

    @BeforeAll
    static void start() throws Exception {
        server = LocalPostgres.start();
        reject = run("reject", "--queue-policy", "reject");
        wait = run("wait", "--queue-policy", "wait");
        skipLate = run("skip_late", "--queue-policy", "skip-late");
        patient = run("patient", "--queue-policy", "wait", "--deadline", "none");
    }

    private static Running run(String name, String... policy) throws Exception {
        Database database = Database.create(server, name);
        List<String> arguments = new ArrayList<>(List.of(policy));
        arguments.addAll(List.of("--workers", "2", "--batch-size", "300", "--rate", "1000"));
        arguments.addAll(List.of("--duration", "3s", "--mix", "insert=100"));
        Path workingDirectory = Files.createDirectories(folder.resolve(name));
        Running running =
                Floodmark.in(workingDirectory, database)
                        .startRun(database, arguments.toArray(String[]::new));
        RUNS.add(running);
        return running;
    }

    @AfterAll
    static void stop() {
        RUNS.forEach(Running::close);
        server.close();
    }

    @Test
    void full_queue_rejects() throws Exception {
        RunFiles files = reject.finish().completed().files();

        assertDueAsOffered(files);
        assertThat(files.account("rejected")).isGreaterThan(1_000);
        assertThat(files.account("skipped")).isZero();
    }

    @Test
    void waiting_arrivals_time_out_in_the_queue() throws Exception {
        RunFiles files = wait.finish().completed().files();

        assertDueAsOffered(files);
        assertThat(files.account("rejected")).isZero();
        assertThat(files.summary().at("/timed_out_in/queue").asLong()).isGreaterThan(500);
    }

    @Test
    void late_arrivals_are_skipped() throws Exception {
        RunFiles files = skipLate.finish().completed().files();

        assertDueAsOffered(files);
        assertThat(files.account("rejected")).isZero();
        assertThat(files.account("skipped")).isGreaterThan(500);
        assertThat(files.summary().at("/timed_out_in/queue").asLong()).isZero();
    }

    @Test
    void arrivals_without_a_deadline_that_found_no_worker_never_started() throws Exception {
        RunFiles files = patient.finish().completed().files();

        assertDueAsOffered(files);
        assertThat(files.account("timed_out")).isZero();
        assertThat(files.account("never_started") + files.account("done")).isGreaterThan(2_500);
        assertThat(files.summary().at("/response_ms/p99").asDouble()).isGreaterThan(500);
        assertThat(files.distribution("response").getTotalCount()).isEqualTo(files.account("due"));
    }

    private static void assertDueAsOffered(RunFiles files) throws Exception {
        assertThat(files.account("due")).isBetween(2_600L, 3_400L);
        assertThat(files.account("done")).isBetween(1L, 2_500L);
    }
}
