package io.floodmark.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.bench.harness.CommandRun;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ContestBenchTest {

    @Test
    void help_shows_an_example() {
        CommandRun run = CommandRun.of(new ContestBench(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: contest", "bench/contest --quick --json");
    }

    @Test
    void a_campaign_without_attempts_is_refused_before_anything_starts() {
        CommandRun run = CommandRun.of(new ContestBench(), "--attempts", "0");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--attempts is 0", "allowed: above 0");
    }

    /// Small campaigns with real processes on a real server.
    @Nested
    class A_campaign {

        private static CommandRun run(String attempts, String... more) {
            String[] arguments = {
                "--attempts", attempts, "--processes", "2", "--writers", "24", "--harm-every", "0.5"
            };
            String[] all = new String[arguments.length + more.length];
            System.arraycopy(arguments, 0, all, 0, arguments.length);
            System.arraycopy(more, 0, all, arguments.length, more.length);
            return CommandRun.of(new ContestBench(), all);
        }

        @Test
        void finds_the_event_store_right_although_its_processes_are_killed() throws Exception {
            CommandRun run = run("5000");

            assertThat(run.exitCode()).as(run.err()).isZero();
            JsonNode winners = run.results().getFirst();
            assertThat(winners.get("name").asText()).isEqualTo("contest.double-winners");
            assertThat(winners.get("value").asDouble()).isZero();
            assertThat(winners.get("valid").asBoolean()).isTrue();
            JsonNode details = winners.get("details");
            assertThat(details.get("contested").asLong()).isGreaterThanOrEqualTo(5_000);
            assertThat(details.get("kills").asLong()).isPositive();
            assertThat(details.get("accepted").asLong()).isPositive();
            assertThat(details.get("conflicts").asLong()).isPositive();
            assertThat(run.results().getLast().get("value").asDouble()).isZero();
        }

        @Test
        void finds_double_winners_of_the_single_statement_append() throws Exception {
            CommandRun run = run("3000", "--single-statement");

            assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
            assertThat(run.results().getFirst().get("value").asDouble()).isPositive();
            assertThat(run.err()).contains("DOUBLE_WINNER").contains("repeat with seed");
        }
    }
}
