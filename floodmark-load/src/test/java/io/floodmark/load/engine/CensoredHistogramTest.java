package io.floodmark.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.floodmark.load.record.Latency;
import io.floodmark.load.record.Percentile;
import org.junit.jupiter.api.Test;

/// Percentiles over values of which some are known only by a lower bound.
final class CensoredHistogramTest {

    private static final long MILLI = 1_000_000;

    private final CensoredHistogram histogram = new CensoredHistogram();

    private void exact(int number, long millis) {
        for (int i = 0; i < number; i++) {
            histogram.record(millis * MILLI);
        }
    }

    private void bounds(int number, long millis) {
        for (int i = 0; i < number; i++) {
            histogram.recordBound(millis * MILLI);
        }
    }

    @Test
    void nothing_is_nothing() {
        assertThat(histogram.latency()).isEqualTo(Latency.NONE);
        assertThat(histogram.countAbove(0)).isZero();
    }

    @Test
    void exact_values_give_exact_percentiles() {
        for (int millis = 1; millis <= 1_000; millis++) {
            exact(1, millis);
        }
        Latency latency = histogram.latency();

        assertThat(latency.count()).isEqualTo(1_000);
        assertThat(latency.censored()).isZero();
        assertPercentile(latency.p50(), 500, false);
        assertPercentile(latency.p99(), 990, false);
        assertPercentile(latency.p999(), 999, false);
        assertPercentile(latency.max(), 1_000, false);
        assertThat(latency.mean()).isCloseTo(500.5, within(1.0));
        assertThat((double) histogram.countAbove(900 * MILLI)).isCloseTo(100, within(1.0));
    }

    @Test
    void percentile_among_the_bounds_is_a_lower_bound() {
        exact(90, 10);
        bounds(10, 1_000);
        Latency latency = histogram.latency();

        assertThat(latency.count()).isEqualTo(100);
        assertThat(latency.censored()).isEqualTo(10);
        assertPercentile(latency.p50(), 10, false);
        assertPercentile(latency.p90(), 10, false);
        assertPercentile(latency.p95(), 1_000, true);
        assertPercentile(latency.max(), 1_000, true);
    }

    @Test
    void bounds_below_a_percentile_make_it_a_lower_bound_when_they_could_rise_above_it() {
        exact(50, 10);
        exact(45, 100);
        bounds(5, 1);
        Latency latency = histogram.latency();

        assertPercentile(latency.p50(), 10, false);
        assertPercentile(latency.p90(), 100, false);
        assertPercentile(latency.p95(), 100, false);
        assertPercentile(latency.p99(), 100, true);
        assertPercentile(latency.max(), 100, true);
    }

    @Test
    void shift_between_unequal_values_is_seen() {
        exact(50, 10);
        exact(40, 100);
        bounds(10, 1);

        assertPercentile(histogram.latency().p50(), 10, false);
        bounds(10, 1);
        assertPercentile(histogram.latency().p50(), 10, true);
    }

    @Test
    void bounds_alone_are_bounds_throughout() {
        bounds(3, 20);
        Latency latency = histogram.latency();

        for (Percentile percentile :
                new Percentile[] {latency.p50(), latency.p90(), latency.p99(), latency.max()}) {
            assertPercentile(percentile, 20, true);
        }
    }

    @Test
    void sums_and_resets_carry_the_bounds_along() {
        exact(1, 5);
        CensoredHistogram sum = new CensoredHistogram();
        sum.recordBound(7 * MILLI);
        sum.add(histogram);
        histogram.reset();

        assertThat(sum.count()).isEqualTo(2);
        assertThat(sum.latency().censored()).isOne();
        assertThat(sum.all().getTotalCount()).isEqualTo(2);
        assertThat(histogram.count()).isZero();
    }

    @Test
    void time_that_seems_to_run_backwards_counts_as_none() {
        histogram.record(-5);
        histogram.recordBound(-5);

        assertPercentile(histogram.latency().max(), 0, true);
    }

    private static void assertPercentile(Percentile percentile, double millis, boolean bound) {
        assertThat(percentile.millis()).isCloseTo(millis, within(millis / 500 + 1e-9));
        assertThat(percentile.lowerBound()).as("%s is a bound", percentile).isEqualTo(bound);
    }
}
