package io.floodmark.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.engine.MeanResponse;
import io.floodmark.load.time.SeededRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The end of warm-up, on series that have one.
final class SteadyStateTest {

    /// Means around 10 with noise of ±1; `warmUp` seconds of them higher by up to `extra`, falling.
    private static List<MeanResponse> series(int seconds, int warmUp, double extra) {
        SeededRandom random = new SeededRandom(4711);
        List<Double> means = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            double above = second < warmUp ? extra * (warmUp - second) / warmUp : 0;
            means.add(10 + above + 2 * random.nextDouble() - 1);
        }
        return oneASecond(means);
    }

    private static List<MeanResponse> oneASecond(List<Double> means) {
        List<MeanResponse> responses = new ArrayList<>();
        means.forEach(mean -> responses.add(new MeanResponse(responses.size(), mean)));
        return responses;
    }

    private static double steadyFrom(List<MeanResponse> responses) {
        return SteadyState.fromSecond(responses).orElseThrow();
    }

    @Test
    void warm_up_is_cut_off() {
        assertThat(steadyFrom(series(60, 8, 100))).isBetween(7.0, 12.0);
        assertThat(steadyFrom(series(30, 3, 50))).isBetween(2.0, 6.0);
    }

    @Test
    void series_without_a_warm_up_is_steady_from_its_start() {
        assertThat(steadyFrom(oneASecond(Collections.nCopies(20, 3.5)))).isZero();
        assertThat(steadyFrom(series(120, 0, 0))).isLessThan(40);
    }

    @Test
    void series_that_keeps_growing_never_settles() {
        List<Double> growing = new ArrayList<>();
        for (int second = 0; second < 40; second++) {
            growing.add((double) second * second);
        }
        Collections.reverse(growing);
        List<Double> falling = List.copyOf(growing);

        assertThat(SteadyState.fromSecond(oneASecond(falling))).isEmpty();
    }

    @Test
    void short_series_is_not_judged() {
        assertThat(SteadyState.fromSecond(List.of())).isEmpty();
        assertThat(SteadyState.fromSecond(oneASecond(Collections.nCopies(9, 1.0)))).isEmpty();
        assertThat(steadyFrom(oneASecond(Collections.nCopies(10, 1.0)))).isZero();
    }

    /// A low rate: every second second is empty. The cut is told in seconds of the run.
    @Test
    void seconds_in_which_nothing_ended_are_no_responses_of_zero() {
        List<MeanResponse> sparse =
                series(40, 5, 100).stream()
                        .map(one -> new MeanResponse(2 * one.startSeconds(), one.millis()))
                        .toList();

        assertThat(steadyFrom(sparse)).isBetween(8.0, 16.0);
    }
}
