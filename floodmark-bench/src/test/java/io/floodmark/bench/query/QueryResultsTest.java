package io.floodmark.bench.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.floodmark.bench.harness.CommandRun;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.stores.ClosedLoop;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class QueryResultsTest {

    private static final HotRound HOT = new HotRound(reads(3), reads(2), reads(1));

    @Test
    void ratio_is_the_median_of_each_rounds_ours_over_theirs() {
        Result result =
                named(
                        "query.one-tag.1000",
                        List.of(
                                round(Kind.ONE_TAG, 1_000, 1, 2),
                                round(Kind.ONE_TAG, 1_000, 9, 10),
                                round(Kind.ONE_TAG, 1_000, 3, 4)));

        assertThat(result.values().median()).isCloseTo(3, within(0.01));
        assertThat(ratio(result)).isCloseTo(0.75, within(0.01));
        assertThat(result.details().get("single_statement_ms")).isCloseTo(4, within(0.01));
        assertThat(result.ok()).isTrue();
    }

    @Test
    void slower_than_the_peer_misses_the_target() {
        Result result = named("query.two-tags.1000", List.of(round(Kind.TWO_TAGS, 1_000, 5, 4)));

        assertThat(result.valid()).isTrue();
        assertThat(result.ok()).isFalse();
    }

    @Test
    void growth_is_the_largest_store_over_the_smallest_whatever_lies_between() {
        List<QueryRound> rounds =
                List.of(
                        round(Kind.ONE_TAG, 100_000, 6, 9),
                        round(Kind.ONE_TAG, 10_000, 50, 9),
                        round(Kind.ONE_TAG, 1_000, 4, 9));

        Result growth = named("query.growth.one-tag", rounds);

        assertThat(ratio(growth)).isCloseTo(1.5, within(0.01));
        assertThat(growth.ok()).isFalse();
    }

    @Test
    void one_size_has_no_growth() {
        assertThat(new QueryResults(List.of(round(Kind.ONE_TAG, 1_000, 1, 1)), List.of(HOT)).all())
                .extracting(Result::name)
                .containsExactly("query.one-tag.1000", "query.hot-tag");
    }

    @Test
    void hot_tag_is_over_the_cold_one() {
        Result hot = named("query.hot-tag", List.of());

        assertThat(ratio(hot)).isCloseTo(1.5, within(0.01));
        assertThat(hot.details().get("no_match_ms")).isCloseTo(1, within(0.01));
        assertThat(hot.ok()).isTrue();
    }

    @Test
    void result_that_was_not_whole_makes_its_latency_and_its_growth_invalid() {
        var broken =
                new QueryRound(
                        Kind.ONE_TAG,
                        100_000,
                        new ClosedLoop.Measured(1, 1, 1, reads(1).latencies()),
                        reads(2));
        List<QueryRound> rounds = List.of(broken, round(Kind.ONE_TAG, 1_000, 1, 2));

        assertThat(named("query.one-tag.100000", rounds).valid()).isFalse();
        assertThat(named("query.growth.one-tag", rounds).valid()).isFalse();
        assertThat(named("query.one-tag.1000", rounds).valid()).isTrue();
    }

    @Test
    void round_without_reads_is_invalid() {
        var nothing = new ClosedLoop.Measured(0, 0, 1, new Histogram(3));

        assertThat(new QueryRound(Kind.ONE_TAG, 1_000, reads(1), nothing).valid()).isFalse();
        assertThat(new HotRound(reads(1), reads(1), nothing).valid()).isFalse();
    }

    @Test
    void help_shows_an_example() {
        CommandRun run = CommandRun.of(new QueryBench(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: query", "bench/query --quick --json");
    }

    @Test
    void store_that_is_too_small_for_the_hot_tag_is_a_mistake() {
        CommandRun run = CommandRun.of(new QueryBench(), "--sizes", "999");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--sizes is 999, allowed: 1,000 to");
    }

    private static Result named(String name, List<QueryRound> rounds) {
        return new QueryResults(new ArrayList<>(rounds), List.of(HOT))
                .all().stream()
                        .filter(result -> result.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static double ratio(Result result) {
        return result.ratios().map(Rounds::median).orElseThrow();
    }

    private static QueryRound round(Kind kind, long size, long ours, long theirs) {
        return new QueryRound(kind, size, reads(ours), reads(theirs));
    }

    private static ClosedLoop.Measured reads(long millis) {
        var latencies = new Histogram(3);
        latencies.recordValue(millis * 1_000_000);
        return new ClosedLoop.Measured(1, 0, 1, latencies);
    }
}
