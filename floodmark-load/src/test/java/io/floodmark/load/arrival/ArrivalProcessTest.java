package io.floodmark.load.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalProcessTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private static ArrivalProcess open(String text, double rate) {
        return ArrivalNotation.parse(text, rate, TEN_SECONDS) instanceof Pacing.Open(var process)
                ? process
                : throwUnexpected(text);
    }

    private static ArrivalProcess throwUnexpected(String text) {
        throw new AssertionError(text + " is not open");
    }

    private static long countUntil(ArrivalProcess process, Duration end) {
        Arrivals arrivals = process.start(42);
        long count = 0;
        for (long due = arrivals.nextNanos(); due < end.toNanos(); due = arrivals.nextNanos()) {
            count++;
        }
        return count;
    }

    @Nested
    class Constant {

        @Test
        void arrivals_come_at_equal_distances_from_zero_on() {
            Arrivals arrivals = open("constant", 4).start(1);

            assertThat(arrivals.nextNanos()).isZero();
            assertThat(arrivals.nextNanos()).isEqualTo(250_000_000);
            assertThat(arrivals.nextNanos()).isEqualTo(500_000_000);
        }

        @Test
        void do_not_drift_over_a_day() {
            ArrivalProcess process = open("constant", 3);
            Arrivals arrivals = process.start(1);
            long due = 0;
            for (int i = 0; i <= 3 * 86_400; i++) {
                due = arrivals.nextNanos();
            }

            assertThat(due).isCloseTo(Duration.ofDays(1).toNanos(), within(1_000L));
        }
    }

    @Nested
    class Poisson {

        /// Kolmogorov-Smirnov against the exponential distribution; 1.63 / √n is the 1 % critical
        /// value, and the seed is fixed.
        @Test
        void gaps_are_exponential() {
            int n = 20_000;
            Arrivals arrivals = open("poisson", 1000).start(7);
            double[] gaps = new double[n];
            long before = 0;
            for (int i = 0; i < n; i++) {
                long due = arrivals.nextNanos();
                gaps[i] = (due - before) / 1e6;
                before = due;
            }
            Arrays.sort(gaps);

            double distance = 0;
            for (int i = 0; i < n; i++) {
                double expected = 1 - Math.exp(-gaps[i]);
                distance = Math.max(distance, Math.abs(expected - (i + 0.5) / n));
            }

            assertThat(distance).isLessThan(1.63 / Math.sqrt(n));
        }

        @Test
        void equal_seeds_give_equal_arrivals_and_others_do_not() {
            ArrivalProcess process = open("poisson", 100);
            Arrivals one = process.start(5);
            Arrivals same = process.start(5);
            Arrivals other = process.start(6);

            long first = one.nextNanos();
            assertThat(same.nextNanos()).isEqualTo(first);
            assertThat(other.nextNanos()).isNotEqualTo(first);
            assertThat(one.nextNanos()).isEqualTo(same.nextNanos());
        }

        @Test
        void the_count_is_near_rate_times_time() {
            assertThat(countUntil(open("poisson", 1000), TEN_SECONDS)).isBetween(9_700L, 10_300L);
        }
    }

    @Nested
    class Ramp {

        @Test
        void counts_follow_the_integral_of_the_rate() {
            ArrivalProcess up = open("ramp:0..600", 1);
            ArrivalProcess down = open("ramp:600..200", 1);

            assertThat(countUntil(up, TEN_SECONDS)).isBetween(2_999L, 3_001L);
            assertThat(countUntil(up, Duration.ofSeconds(5))).isBetween(749L, 751L);
            assertThat(countUntil(down, TEN_SECONDS)).isBetween(3_999L, 4_001L);
            assertThat(down.expectedWithin(Duration.ofSeconds(5))).isEqualTo(2_500);
            assertThat(down.peakPerSecond(TEN_SECONDS)).isEqualTo(600);
        }

        @Test
        void arrivals_never_go_back_in_time() {
            Arrivals arrivals = open("ramp:500..0", 1).start(1);
            long before = 0;
            for (long due = 0; due != Arrivals.NONE; due = arrivals.nextNanos()) {
                assertThat(due).isGreaterThanOrEqualTo(before);
                before = due;
            }
            assertThat(before).isLessThanOrEqualTo(TEN_SECONDS.toNanos());
        }
    }

    @Nested
    class Steps {

        @Test
        void hold_one_rate_after_another_and_a_pause() {
            ArrivalProcess process = open("steps:2s:100,1s:0,1s:50", 1);

            assertThat(process.ownLength()).contains(Duration.ofSeconds(4));
            assertThat(countUntil(process, Duration.ofSeconds(2))).isEqualTo(200);
            assertThat(countUntil(process, Duration.ofSeconds(3))).isEqualTo(200);
            assertThat(countUntil(process, Duration.ofSeconds(4))).isEqualTo(250);
            assertThat(process.expectedWithin(Duration.ofSeconds(4))).isEqualTo(250);
            assertThat(process.peakPerSecond(TEN_SECONDS)).isEqualTo(100);
        }
    }

    @Nested
    class Notation {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "constant           | constant, 300/s",
                    "poisson            | poisson, 300/s",
                    "ramp:10..0.5       | ramp, 10/s to 0.5/s",
                    "steps:1m:5,500ms:7 | steps, 5/s for 60.0 s, 7/s for 0.5 s",
                    "closed             | closed loop, no offered rate"
                })
        void describes_itself(String text, String words) {
            assertThat(ArrivalNotation.parse(text, 300, TEN_SECONDS).describe()).isEqualTo(words);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "uniform",
                    "constant:5",
                    "closed:1",
                    "ramp",
                    "ramp:5",
                    "ramp:a..b",
                    "ramp:0..0",
                    "ramp:-1..5",
                    "ramp:1..2..3",
                    "ramp:1.2.3..4",
                    "steps",
                    "steps:",
                    "steps:10:5",
                    "steps:1s:0",
                    "steps:0s:5",
                    "steps:8000000h:5",
                    "steps:1s:99999999999",
                    "steps:1s:5,"
                })
        void refuses_what_is_not_of_its_grammar_and_says_what_is(String text) {
            assertThatThrownBy(() -> ArrivalNotation.parse(text, 300, TEN_SECONDS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("arrival \"" + text + "\": ")
                    .hasMessageEndingWith("allowed: " + ArrivalNotation.GRAMMAR);
        }
    }
}
