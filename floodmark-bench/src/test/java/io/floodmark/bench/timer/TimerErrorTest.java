package io.floodmark.bench.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.bench.harness.CommandRun;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class TimerErrorTest {

    private static final int TARGET_MISSED = 3;

    @Test
    void help_shows_an_example() {
        CommandRun run = CommandRun.of(new TimerError(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: timer", "bench/timer --quick --json");
    }

    @Test
    void miniature_run_has_a_valid_line_for_each_process_and_rate() throws JsonProcessingException {
        CommandRun run =
                CommandRun.of(new TimerError(), "--json", "--runs", "1", "--seconds", "0.1");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isIn(0, TARGET_MISSED);
        List<JsonNode> results = run.results();
        assertThat(results)
                .extracting(result -> result.get("name").asText())
                .containsExactly(
                        "timer.constant-1000",
                        "timer.constant-10000",
                        "timer.constant-50000",
                        "timer.poisson-1000",
                        "timer.poisson-10000",
                        "timer.poisson-50000");
        assertThat(results)
                .allSatisfy(result -> {
                    assertThat(result.get("valid").asBoolean()).isTrue();
                    assertThat(result.get("unit").asText()).isEqualTo("us");
                    assertThat(result.get("details").get("p50").isNumber()).isTrue();
                    assertThat(result.get("ratio").isNumber()).isTrue();
                });
    }

    @Test
    void lateness_is_in_microseconds() {
        Histogram nanos = new Histogram(3);
        for (int micros = 1; micros <= 1_000; micros++) {
            nanos.recordValue(micros * 1_000L);
        }

        Lateness late = Lateness.of(nanos);

        assertThat(late.count()).isEqualTo(1_000);
        assertThat(late.p50()).isBetween(499.0, 501.0);
        assertThat(late.p999()).isBetween(998.0, 1_000.0);
        assertThat(late.max()).isBetween(999.0, 1_001.0);
    }
}
