package io.floodmark.load.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.floodmark.load.config.Skew;
import io.floodmark.load.workload.Draws;
import org.junit.jupiter.api.Test;

final class PopulationTest {

    private static final int USERS = 100;
    private static final int EVENTS = 200_000;

    private static double[] shares(Skew skew) {
        Population population = new Population(USERS, skew);
        Draws draws = new Draws(42);
        double[] shares = new double[USERS];
        for (int event = 0; event < EVENTS; event++) {
            shares[population.user(draws.fraction(event, 1))] += 1.0 / EVENTS;
        }
        return shares;
    }

    @Test
    void uniform_events_fall_on_all_users_alike() {
        for (double share : shares(new Skew.Uniform())) {
            assertThat(share).isBetween(.008, .012);
        }
    }

    @Test
    void zipf_events_fall_on_the_user_of_rank_r_in_proportion_to_its_power() {
        double[] shares = shares(new Skew.Zipf(1));

        double harmonic = 0;
        for (int rank = 1; rank <= USERS; rank++) {
            harmonic += 1.0 / rank;
        }
        assertThat(shares[0]).isCloseTo(1 / harmonic, within(.01));
        assertThat(shares[9]).isCloseTo(.1 / harmonic, within(.003));
        assertThat(shares[99]).isCloseTo(.01 / harmonic, within(.001));
    }

    @Test
    void hot_users_get_their_share_and_the_part_of_the_rest_that_falls_on_all() {
        double[] shares = shares(new Skew.Hot(50, 2));

        assertThat(shares[0]).isCloseTo(.25 + .005, within(.01));
        assertThat(shares[1]).isCloseTo(.25 + .005, within(.01));
        assertThat(shares[2]).isCloseTo(.005, within(.001));
    }

    @Test
    void the_largest_fraction_still_is_somebodys() {
        double largest = Math.nextDown(1.0);

        assertThat(new Population(USERS, new Skew.Zipf(5)).user(largest)).isEqualTo(USERS - 1);
        assertThat(new Population(USERS, new Skew.Hot(100, 200)).user(largest))
                .isEqualTo(USERS - 1);
        assertThat(new Population(USERS, new Skew.Uniform()).user(largest)).isEqualTo(USERS - 1);
    }
}
