package io.floodmark.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.console.RunFixtures;
import io.floodmark.load.record.RunResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SummaryTextTest {

    static Stream<RunResult> runs() {
        return Stream.of(
                RunFixtures.passing(),
                RunFixtures.closedLoop(),
                RunFixtures.invalid(),
                RunFixtures.lowerBounds(),
                RunFixtures.nothingDone());
    }

    @ParameterizedTest
    @MethodSource("runs")
    void no_line_is_wider_than_100_columns_or_steers_the_terminal(RunResult run) {
        assertThat(SummaryText.of(run, "runs/7").lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100))
                .noneMatch(line -> line.contains("\u001b"))
                .noneMatch(line -> line.contains("NaN") || line.contains("Infinity"));
    }

    @Test
    void the_verdict_comes_first_and_the_books_close_with_their_sum() {
        String text = SummaryText.of(RunFixtures.passing(), "floodmark-runs/20260314");

        assertThat(text).startsWith("PASS  (pass, exit code 0)\n");
        assertThat(text)
                .contains("books close: 17898 + 12 + 5 + 21 + 0 + 64 + 0 + 0 = 18000 due")
                .contains(
                        "timed out                 21      0.12 %   in queue 5, in pool 2, in service 14")
                .contains("offered 300.0/s · achieved 298.3/s (99.43 % of offered)")
                .contains("headroom  137.5 × the offered rate")
                .contains("✓ response:p99<50ms  observed 18.9 ms")
                .contains("✓ 17,903 acknowledged · 17,903 found · 0 lost · 0 duplicated")
                .contains("from 6.0 s on (MSER-5)")
                .endsWith("Run folder\n  floodmark-runs/20260314\n");
    }

    @Test
    void a_closed_loop_says_that_no_rate_was_offered_and_what_its_latencies_omit() {
        String text = SummaryText.of(RunFixtures.closedLoop(), "runs/7");

        assertThat(text)
                .contains("achieved 903.3/s; no rate was offered")
                .contains("These latencies omit what an")
                .doesNotContain("deepest queue", "(closed loop)")
                .contains("headroom  45.7 × the achieved rate");
    }

    @Test
    void an_invalid_run_says_why_and_that_its_books_are_open() {
        String text = SummaryText.of(RunFixtures.invalid(), "runs/7");

        assertThat(text).startsWith("INVALID  (invalid, exit code 4)\n  - 4,120 of 18,000 due");
        assertThat(text)
                .contains("books DO NOT CLOSE: 17900 + 12 + 0 + 20 + 0 + 66 + 0 + 0 = 17998, but")
                .containsPattern("\\(difference\\s+2\\)")
                .contains("Generator certificate: INVALID")
                .contains("✗ the ceiling of 420/s");
    }

    @Test
    void a_lower_bound_is_written_with_its_sign() {
        String text = SummaryText.of(RunFixtures.lowerBounds(), "runs/7");

        assertThat(text)
                .startsWith("SLO MISSED  (slo_missed, exit code 3)\n")
                .contains("   ≥1,000   ≥1,000   ≥1,000     ≥210")
                .contains("≥ lower bound: 90 operations never ended")
                .contains("never started             40")
                .contains("unfinished                50")
                .contains("✗ not made: the server was gone")
                .contains("not found: the run was too short");
    }

    @Test
    void a_run_without_operations_shows_no_invented_numbers() {
        String text = SummaryText.of(RunFixtures.nothingDone(), "runs/7");

        assertThat(text)
                .startsWith("INTERRUPTED  (interrupted, exit code 130)\n")
                .contains("offered – · achieved – (– of offered)")
                .contains("no arrival found a free worker", "unknown: nothing was offered")
                .contains("cpu       unknown, throttled")
                .contains("books close: 0 + 0 + 0 + 0 + 0 + 0 + 0 + 0 = 0 due");
    }
}
