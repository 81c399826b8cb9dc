package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.local.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that stands still for five seconds in the middle of two runs: arrivals do not wait for
/// it, and their time counts from when they were due.
final class FreezeTest {

    private static final int RATE = 50;
    private static final int FREEZE_AT = 3;
    private static final int THAW_AT = 8;

    @TempDir private static Path folder;

    private static Finished givingUp;
    private static Finished waiting;
    private static double frozenSeconds;

    /// Both runs meet the same freeze.
    @BeforeAll
    static void freeze_the_server_in_two_runs() throws Exception {
        try (LocalPostgres server = LocalPostgres.start();
                Running first = run(server, "giving_up");
                Running second =
                        run(server, "waiting", "--queue-policy", "wait", "--deadline", "none")) {
            first.awaitSeconds(FREEZE_AT);
            second.awaitSeconds(FREEZE_AT);
            server.faults().freeze();
            long frozen = System.nanoTime();
            try {
                // Their clocks go on, and so do their files.
                first.awaitSeconds(THAW_AT);
                second.awaitSeconds(THAW_AT);
            } finally {
                frozenSeconds = (System.nanoTime() - frozen) / 1e9;
                server.faults().thaw();
            }
            givingUp = first.finish();
            waiting = second.finish();
        }
    }

    private static Running run(LocalPostgres server, String name, String... more) throws Exception {
        Database database = Database.create(server, name);
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("--arrival", "constant", "--rate", Integer.toString(RATE)));
        all.addAll(List.of("--duration", "12s", "--workers", "10"));
        Path workingDirectory = Files.createDirectories(folder.resolve(name));
        return Floodmark.in(workingDirectory, database)
                .startRun(database, all.toArray(String[]::new));
    }

    @Test
    void run_with_a_deadline_frees_its_workers_and_accounts_for_the_arrivals_of_the_freeze()
            throws Exception {
        RunFiles files = givingUp.completed().files();

        assertThat(files.account("due")).isBetween(12L * RATE - 1, 12L * RATE);
        assertThat(files.account("timed_out") + files.account("rejected"))
                .isGreaterThan((long) (RATE * (frozenSeconds - 2)));
        JsonNode timedOut = files.summary().get("timed_out_in");
        // One for each worker that held a connection, and a few while the server catches up.
        assertThat(timedOut.get("service").asLong()).isBetween(1L, 30L);
        assertThat(timedOut.get("pool").asLong()).isPositive();
    }

    @Test
    void time_waited_until_given_up_is_a_lower_bound() throws Exception {
        JsonNode response = givingUp.summary().get("response_ms");

        assertThat(response.get("p99").asDouble()).isGreaterThanOrEqualTo(999);
        assertThat(bounds(response)).contains("p99", "p999", "max");
        assertThat(response.get("censored").asLong())
                .isGreaterThanOrEqualTo(givingUp.files().account("timed_out") - 10);
        assertThat(givingUp.out()).contains("≥");
    }

    @Test
    void arrivals_after_the_freeze_are_done_again() throws Exception {
        RunFiles files = givingUp.files();
        double thawed = FREEZE_AT + frozenSeconds;

        assertThat(files.sum("done", FREEZE_AT + 1.5, thawed - 1)).isZero();
        assertThat(files.sum("due", FREEZE_AT + 1.5, thawed - 1)).isGreaterThanOrEqualTo(RATE);
        assertThat(files.sum("done", thawed + 1.5, 13)).isGreaterThan(RATE / 2);
    }

    @Test
    void waiting_arrivals_show_the_whole_freeze_in_the_percentiles() throws Exception {
        RunFiles files = waiting.completed().files();
        JsonNode summary = files.summary();

        assertThat(files.account("done")).isEqualTo(files.account("due"));
        assertThat(bounds(summary.get("response_ms"))).isEmpty();
        double seconds = summary.get("elapsed_s").asDouble();
        assertQuantile(summary, "p90", 0.90, seconds);
        assertQuantile(summary, "p95", 0.95, seconds);
        assertQuantile(summary, "p99", 0.99, seconds);
        assertThat(summary.at("/response_ms/max").asDouble())
                .isGreaterThan(1e3 * frozenSeconds - 100);
    }

    /// Of T seconds with S frozen, an arrival of the freeze waits evenly between 0 and S: quantile
    /// q is S·(q - (1 - S/T)) / (S/T). It cannot be less; a busy machine may add to it.
    private static void assertQuantile(
            JsonNode summary, String name, double quantile, double seconds) {
        double share = frozenSeconds / seconds;
        double oracle = 1e3 * frozenSeconds * (quantile - (1 - share)) / share;

        assertThat(summary.at("/response_ms/" + name).asDouble())
                .as("%s of %s", name, summary.get("response_ms"))
                .isBetween(oracle - 2 * 1e3 / RATE, oracle + 2_000);
    }

    private static List<String> bounds(JsonNode latency) {
        return StreamSupport.stream(latency.get("lower_bounds").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
