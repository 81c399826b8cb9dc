package io.floodmark.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.bench.harness.CommandRun;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EngineCeilingTest {

    private static final int TARGET_MISSED = 3;

    @Test
    void help_shows_an_example() {
        CommandRun run = CommandRun.of(new EngineCeiling(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Usage: engine-ceiling", "bench/engine-ceiling --quick --json");
    }

    @Test
    void miniature_run_ends_in_valid_json_lines_alone() throws JsonProcessingException {
        CommandRun run =
                CommandRun.of(new EngineCeiling(), "--json", "--runs", "2", "--seconds", "0.1");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isIn(0, TARGET_MISSED);
        List<JsonNode> results = run.results();
        assertThat(results)
                .extracting(result -> result.get("name").asText())
                .containsExactly(
                        "engine-ceiling.closed-loop",
                        "engine-ceiling.allocation",
                        "engine-ceiling.open-loop");
        assertThat(results)
                .allSatisfy(result -> {
                    assertThat(result.get("valid").asBoolean()).isTrue();
                    assertThat(result.get("runs").asInt()).isEqualTo(2);
                    assertThat(result.get("value").isNumber()).isTrue();
                    assertThat(result.get("spread")).hasSize(2);
                    assertThat(result.get("machine").get("cores").asInt()).isPositive();
                });
    }

    @Test
    void account_for_people_goes_to_standard_error() throws JsonProcessingException {
        CommandRun run = CommandRun.of(new EngineCeiling(), "--runs", "1", "--seconds", "0.1");

        assertThat(run.err()).contains("machine:", "bare loop/s", "target value >= 5000000");
        assertThat(run.results()).hasSize(3);
    }

    @Test
    void value_out_of_range_is_one_line_and_a_hint() {
        CommandRun run = CommandRun.of(new EngineCeiling(), "--workers", "0");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .contains(
                        "engine-ceiling: --workers is 0, allowed: 1 to 10000",
                        "Try: bench/engine-ceiling --help");
    }

    @Test
    void runs_out_of_range_are_refused() {
        CommandRun run = CommandRun.of(new EngineCeiling(), "--runs", "-1", "--seconds", "0.1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--runs is -1, allowed: 1 to 1000");
    }
}
