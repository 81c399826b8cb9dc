package io.floodmark.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {

    @Test
    void median_of_an_odd_number_is_the_middle_value() {
        assertThat(new Rounds(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
    }

    @Test
    void median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assertThat(new Rounds(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
    }

    @Test
    void one_round_is_its_own_median_and_spread() {
        Rounds one = new Rounds(List.of(7.0));

        assertThat(List.of(one.median(), one.min(), one.max())).containsExactly(7.0, 7.0, 7.0);
    }

    @Test
    void spread_is_the_least_and_the_greatest() {
        Rounds rounds = new Rounds(List.of(3.0, -1.0, 5.0));

        assertThat(rounds.min()).isEqualTo(-1);
        assertThat(rounds.max()).isEqualTo(5);
    }

    @Test
    void ratios_pair_each_round_with_its_own_floor() {
        Rounds values = new Rounds(List.of(10.0, 40.0, 90.0));
        Rounds floor = new Rounds(List.of(20.0, 40.0, 30.0));

        assertThat(values.over(floor).values()).containsExactly(0.5, 1.0, 3.0);
    }

    @Test
    void rounds_without_numbers_are_refused() {
        assertThatThrownBy(() -> new Rounds(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rounds(List.of(Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rounds(List.of(1.0)).over(new Rounds(List.of(0.0))).median())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
