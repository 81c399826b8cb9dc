package io.floodmark.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.floodmark.load.record.Latency;
import org.junit.jupiter.api.Test;

class CensoredHistogramTest {

    private static final long MILLI = 1_000_000;

    private final CensoredHistogram histogram = new CensoredHistogram();

    @Test
    void without_bounds_every_percentile_is_exact() {
        for (int i = 1; i <= 1000; i++) {
            histogram.record(i * MILLI);
        }

        Latency latency = histogram.latency();

        assertThat(latency.p50().millis()).isCloseTo(500, within(1.0));
        assertThat(latency.p999().millis()).isCloseTo(999, within(1.0));
        assertThat(latency.p999().lowerBound()).isFalse();
        assertThat(latency.max().lowerBound()).isFalse();
        assertThat(latency.censored()).isZero();
    }

    @Test
    void bounds_above_a_percentile_leave_it_exact_and_those_in_it_mark_it() {
        for (int i = 0; i < 900; i++) {
            histogram.record(10 * MILLI);
        }
        for (int i = 0; i < 100; i++) {
            histogram.recordBound(1000 * MILLI);
        }

        Latency latency = histogram.latency();

        assertThat(latency.p50().lowerBound()).isFalse();
        assertThat(latency.p90().lowerBound()).isFalse();
        assertThat(latency.p95().millis()).isCloseTo(1000, within(1.0));
        assertThat(latency.p95().lowerBound()).isTrue();
        assertThat(latency.max().lowerBound()).isTrue();
        assertThat(latency.count()).isEqualTo(1000);
        assertThat(latency.censored()).isEqualTo(100);
    }

    @Test
    void a_bound_below_a_percentile_that_could_move_it_marks_it() {
        for (int i = 1; i <= 100; i++) {
            histogram.record(i * MILLI);
        }
        histogram.recordBound(MILLI);

        // With the bound at infinity the median is the 51st exact value instead of the 50th.
        assertThat(histogram.latency().p50().lowerBound()).isTrue();
    }

    @Test
    void an_empty_distribution_has_no_percentiles() {
        assertThat(histogram.latency()).isEqualTo(Latency.NONE);
        assertThat(histogram.countAbove(0)).isZero();
    }

    @Test
    void counts_what_is_above_a_limit() {
        histogram.record(MILLI / 2);
        histogram.record(2 * MILLI);
        histogram.record(3 * MILLI);

        assertThat(histogram.countAbove(MILLI)).isEqualTo(2);
        assertThat(histogram.countAbove(10 * MILLI)).isZero();
    }
}
