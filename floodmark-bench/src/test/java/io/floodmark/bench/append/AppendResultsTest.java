package io.floodmark.bench.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.stores.ClosedLoop;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class AppendResultsTest {

    private static final Cell SMALL = new Cell(1_000, AppendResults.JUDGED_CALLERS);
    private static final Cell LARGE = new Cell(100_000, AppendResults.JUDGED_CALLERS);

    private static final Wal OUR_WAL = new Wal(500, 2_000);
    private static final Wal THEIR_WAL = new Wal(900, 3_000);

    @Test
    void wal_is_judged_without_page_images_and_both_are_told() {
        Result wal = named("append.wal.1000.64", List.of(round(SMALL, 1_000, 100)));

        assertThat(wal.values().median()).isEqualTo(500);
        assertThat(wal.ok()).isTrue();
        assertThat(wal.details())
                .containsEntry("with_page_images", 2_500.0)
                .containsEntry("single_statement_with_page_images", 3_900.0);
    }

    @Test
    void a_peer_that_appended_nothing_makes_an_invalid_result_and_not_an_infinite_one() {
        AppendRound refused =
                new AppendRound(SMALL, appends(1_000, 0), appends(0, 50), OUR_WAL, THEIR_WAL);

        Result result = named("append.throughput.1000.64", List.of(refused));

        assertThat(result.valid()).isFalse();
        assertThat(ratio(result)).isFinite();
    }

    @Test
    void ratio_is_the_median_of_each_rounds_ours_over_theirs() {
        Result result =
                named(
                        "append.throughput.1000.64",
                        List.of(
                                round(SMALL, 1_000, 100),
                                round(SMALL, 4_000, 200),
                                round(SMALL, 1_100, 100)));

        assertThat(result.values().median()).isCloseTo(1_100, within(0.1));
        assertThat(ratio(result)).isCloseTo(11, within(0.01));
        assertThat(result.ok()).isTrue();
    }

    @Test
    void nine_times_the_peer_misses_for_many_callers_and_is_enough_for_one() {
        List<AppendRound> rounds =
                List.of(round(SMALL, 900, 100), round(new Cell(1_000, 1), 900, 100));

        assertThat(named("append.throughput.1000.64", rounds).ok()).isFalse();
        assertThat(named("append.throughput.1000.1", rounds).ok()).isTrue();
    }

    @Test
    void growth_is_the_cost_in_the_largest_store_over_that_in_the_smallest() {
        List<AppendRound> rounds = List.of(round(LARGE, 1_000, 100), round(SMALL, 1_500, 100));

        Result growth = named("append.growth.1000-to-100000", rounds);

        assertThat(growth.values().median()).isCloseTo(1_000, within(0.1));
        assertThat(ratio(growth)).isCloseTo(1.5, within(0.01));
        assertThat(growth.ok()).isFalse();
    }

    @Test
    void tail_wal_and_growth_are_of_the_judged_number_of_callers_alone() {
        List<AppendRound> rounds =
                List.of(
                        round(new Cell(1_000, 1), 100, 10),
                        round(SMALL, 1_000, 100),
                        round(new Cell(100_000, 1), 100, 10));

        assertThat(new AppendResults(rounds).all())
                .extracting(Result::name)
                .containsExactly(
                        "append.throughput.1000.1",
                        "append.throughput.1000.64",
                        "append.p99.1000.64",
                        "append.wal.1000.64",
                        "append.throughput.100000.1");
    }

    @Test
    void many_refusals_on_either_side_make_results_and_growth_invalid() {
        AppendRound refused =
                new AppendRound(LARGE, appends(1_000, 0), appends(100, 6), OUR_WAL, THEIR_WAL);
        List<AppendRound> rounds = List.of(round(SMALL, 1_000, 100), refused);

        assertThat(named("append.throughput.100000.64", rounds).valid()).isFalse();
        assertThat(named("append.growth.1000-to-100000", rounds).valid()).isFalse();
        assertThat(named("append.throughput.1000.64", rounds).valid()).isTrue();
    }

    @Test
    void few_refusals_are_valid_and_nothing_appended_is_not() {
        assertThat(
                        new AppendRound(SMALL, appends(100, 5), appends(100, 0), OUR_WAL, THEIR_WAL)
                                .valid())
                .isTrue();
        assertThat(
                        new AppendRound(SMALL, appends(0, 0), appends(100, 0), OUR_WAL, THEIR_WAL)
                                .valid())
                .isFalse();
    }

    private static Result named(String name, List<AppendRound> rounds) {
        return new AppendResults(rounds)
                .all().stream()
                        .filter(result -> result.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static double ratio(Result result) {
        return result.ratios().map(Rounds::median).orElseThrow();
    }

    private static AppendRound round(Cell cell, long ours, long theirs) {
        return new AppendRound(cell, appends(ours, 0), appends(theirs, 0), OUR_WAL, THEIR_WAL);
    }

    /// In one second, a millisecond each.
    private static ClosedLoop.Measured appends(long succeeded, long refused) {
        var latencies = new Histogram(3);
        latencies.recordValueWithCount(1_000_000, Math.max(1, succeeded));
        return new ClosedLoop.Measured(succeeded, refused, 1, latencies);
    }
}
