package io.floodmark.load.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each process against the formula that defines it.
final class ArrivalProcessTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private static List<Long> times(ArrivalProcess process, long seed, Duration length) {
        List<Long> times = new ArrayList<>();
        Arrivals arrivals = process.start(seed);
        for (long next = arrivals.nextNanos();
                next < length.toNanos();
                next = arrivals.nextNanos()) {
            times.add(next);
        }
        return times;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 3, 300, 48_000, 1e6 / 7})
    void constant_arrivals_are_due_at_n_over_rate(double rate) {
        Arrivals arrivals = new ConstantArrivals(rate).start(1);

        for (int n = 0; n < 10_000; n++) {
            assertThat(arrivals.nextNanos()).isCloseTo((long) (n * 1e9 / rate), within(1L));
        }
    }

    @Test
    void constant_arrivals_do_not_drift_in_a_week() {
        double rate = 3;
        Arrivals arrivals = new ConstantArrivals(rate).start(1);
        long week = 7 * 86_400L * 3;
        for (long n = 0; n < week; n++) {
            arrivals.nextNanos();
        }

        assertThat(arrivals.nextNanos()).isCloseTo(7 * 86_400L * 1_000_000_000L, within(200L));
    }

    /// The greatest distance between the gaps' distribution and the exponential one is below
    /// 1.95/√n in all but one of a thousand samples (Kolmogorov–Smirnov); the seeds are fixed.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, -7, Long.MAX_VALUE})
    void gaps_of_poisson_arrivals_are_exponential(long seed) {
        double rate = 200;
        int n = 20_000;
        Arrivals arrivals = new PoissonArrivals(rate).start(seed);
        double[] gaps = new double[n];
        long last = 0;
        for (int i = 0; i < n; i++) {
            long next = arrivals.nextNanos();
            gaps[i] = (next - last) / 1e9;
            last = next;
        }
        Arrays.sort(gaps);
        double distance = 0;
        for (int i = 0; i < n; i++) {
            double expected = -Math.expm1(-rate * gaps[i]);
            distance = Math.max(distance, Math.abs(expected - (double) i / n));
            distance = Math.max(distance, Math.abs((i + 1.0) / n - expected));
        }

        assertThat(distance).as("seed %d", seed).isLessThan(1.95 / Math.sqrt(n));
    }

    @Test
    void gaps_of_poisson_arrivals_are_independent() {
        int n = 50_000;
        Arrivals arrivals = new PoissonArrivals(1).start(11);
        double[] gaps = new double[n];
        double last = 0;
        for (int i = 0; i < n; i++) {
            double next = arrivals.nextNanos() / 1e9;
            gaps[i] = next - last - 1;
            last = next;
        }
        double product = 0;
        for (int i = 1; i < n; i++) {
            product += gaps[i] * gaps[i - 1];
        }

        assertThat(product / n).isCloseTo(0, within(4 / Math.sqrt(n)));
    }

    @Test
    void equal_seeds_give_equal_arrivals_and_others_differ() {
        ArrivalProcess poisson = new PoissonArrivals(100);

        assertThat(times(poisson, 5, TEN_SECONDS)).isEqualTo(times(poisson, 5, TEN_SECONDS));
        assertThat(times(poisson, 5, TEN_SECONDS)).isNotEqualTo(times(poisson, 6, TEN_SECONDS));
    }

    @ParameterizedTest
    @CsvSource({"0,600", "600,0", "100,300", "300,100", "50,50", "0.1,1"})
    void ramp_has_the_area_under_its_line(double from, double to) {
        RampArrivals ramp = new RampArrivals(from, to, TEN_SECONDS);
        List<Long> times = times(ramp, 1, TEN_SECONDS);

        assertThat(times).isSorted();
        assertThat((double) times.size()).isCloseTo((from + to) / 2 * 10, within(1.0));
        assertThat(ramp.expectedWithin(TEN_SECONDS)).isCloseTo((from + to) / 2 * 10, within(1e-6));
        assertThat(ramp.expectedWithin(Duration.ofMinutes(9)))
                .isEqualTo(ramp.expectedWithin(TEN_SECONDS));
        assertThat(ramp.peakPerSecond(TEN_SECONDS)).isEqualTo(Math.max(from, to));
        for (int n = 0; n < times.size(); n++) {
            double t = times.get(n) / 1e9;
            double due = from * t + (to - from) / 10 * t * t / 2;
            assertThat(due).as("arrival %d", n).isCloseTo(n, within(1e-3));
        }
    }

    @Test
    void ramp_ends_at_its_length() {
        Arrivals arrivals = new RampArrivals(10, 0, TEN_SECONDS).start(1);
        for (int n = 0; n <= 50; n++) {
            assertThat(arrivals.nextNanos()).isLessThanOrEqualTo(TEN_SECONDS.toNanos());
        }

        assertThat(arrivals.nextNanos()).isEqualTo(Arrivals.NONE);
        assertThat(arrivals.nextNanos()).isEqualTo(Arrivals.NONE);
    }

    @Test
    void steps_hold_each_rate_for_its_time() {
        StepArrivals steps =
                new StepArrivals(
                        List.of(step(2, 100), step(3, 0), step(1.5, 1000), step(0.25, 10)));
        List<Long> times = times(steps, 1, Duration.ofMinutes(1));

        assertThat(times).isSorted();
        assertThat(between(times, 0, 2)).isEqualTo(200);
        assertThat(between(times, 2, 5)).isZero();
        assertThat(between(times, 5, 6.5)).isEqualTo(1_500);
        assertThat(between(times, 6.5, 60)).isEqualTo(3);
        assertThat(times.get(1)).isEqualTo(10_000_000);
        assertThat(times.get(200)).isEqualTo(5_000_000_000L);
        assertThat(steps.expectedWithin(Duration.ofSeconds(5))).isEqualTo(200);
        assertThat(steps.expectedWithin(Duration.ofSeconds(6))).isEqualTo(1_200);
        assertThat(steps.peakPerSecond(TEN_SECONDS)).isEqualTo(1_000);
        assertThat(steps.ownLength()).contains(Duration.ofMillis(6_750));
    }

    private static StepArrivals.Step step(double seconds, double rate) {
        return new StepArrivals.Step(Duration.ofMillis((long) (seconds * 1e3)), rate);
    }

    private static long between(List<Long> times, double from, double to) {
        return times.stream().filter(time -> time >= from * 1e9 && time < to * 1e9).count();
    }

    @Test
    void processes_say_what_they_are() {
        assertThat(new ConstantArrivals(300).describe()).isEqualTo("constant, 300/s");
        assertThat(new PoissonArrivals(0.25).describe()).isEqualTo("poisson, 0.25/s");
        assertThat(new RampArrivals(0, 1e6, TEN_SECONDS).describe())
                .isEqualTo("ramp, 0/s to 1000000/s");
        assertThat(new StepArrivals(List.of(step(1.5, 10), step(2, 20))).describe())
                .isEqualTo("steps, 10/s for 1.5 s, 20/s for 2.0 s");
        assertThat(new Pacing.Closed().describe()).contains("closed loop");
    }
}
