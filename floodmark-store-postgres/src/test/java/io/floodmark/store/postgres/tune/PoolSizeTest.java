package io.floodmark.store.postgres.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PoolSizeTest {

    @Test
    void busy_connections_follow_littles_law() {
        PoolSize size = PoolSize.of(5_000, Duration.ofMillis(2));

        assertThat(size.busy()).isEqualTo(10);
        assertThat(size.waiting()).isLessThanOrEqualTo(PoolSize.WAITING_MAX);
        assertThat(PoolSize.waiting(10, size.connections() - 1))
                .isGreaterThan(PoolSize.WAITING_MAX);
    }

    @Test
    void waiting_probability_is_the_known_one_of_small_systems() {
        // One server: the utilisation. Two: 2a²/(2-a)/(2+2a+…), by hand for a = 1: 1/3.
        assertThat(PoolSize.waiting(0.5, 1)).isCloseTo(0.5, within(1e-12));
        assertThat(PoolSize.waiting(1, 2)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(PoolSize.waiting(2, 2)).isEqualTo(1);
    }

    @Test
    void small_load_needs_few_connections_and_large_ones_proportionally_less_reserve() {
        assertThat(PoolSize.of(30, Duration.ofMillis(1)).connections()).isEqualTo(2);
        PoolSize large = PoolSize.of(100_000, Duration.ofMillis(2));
        assertThat(large.connections()).isBetween(201, 250);
    }

    @Test
    void more_than_a_pool_can_answer_is_refused_with_the_arithmetic() {
        assertThatThrownBy(() -> PoolSize.of(1_000_000, Duration.ofMillis(20)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000000/s × 20.000 ms keep 20000 connections busy");
        assertThatThrownBy(() -> PoolSize.of(0, Duration.ofMillis(20)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolSize.of(Double.NaN, Duration.ofMillis(20)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
