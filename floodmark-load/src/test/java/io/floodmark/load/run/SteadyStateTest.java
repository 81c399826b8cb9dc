package io.floodmark.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.time.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyStateTest {

    private static List<Double> series(int warmUp, int length) {
        SeededRandom random = new SeededRandom(3);
        List<Double> means = new ArrayList<>();
        for (int second = 0; second < length; second++) {
            double warming = second < warmUp ? 20.0 / (second + 1) : 0;
            means.add(5 + random.nextDouble() + warming);
        }
        return means;
    }

    @Test
    void cuts_a_slow_start() {
        assertThat(SteadyState.fromSecond(series(6, 60))).isBetween(4.0, 8.0);
    }

    @Test
    void cuts_little_of_a_run_that_is_steady_at_once() {
        assertThat(SteadyState.fromSecond(series(0, 60))).isBetween(0.0, 10.0);
    }

    @Test
    void never_finds_steadiness_in_a_run_that_only_grows() {
        List<Double> growing = new ArrayList<>();
        for (int second = 0; second < 40; second++) {
            growing.add((double) second * second);
        }

        assertThat(SteadyState.fromSecond(growing)).isNegative();
    }

    @Test
    void says_nothing_about_a_short_run() {
        assertThat(SteadyState.fromSecond(List.of(1.0, 1.0, 1.0))).isNegative();
    }
}
