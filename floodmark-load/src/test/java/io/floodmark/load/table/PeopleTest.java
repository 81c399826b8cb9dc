package io.floodmark.load.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeopleTest {

    private final People people = new People(42);

    @Test
    void equal_seeds_make_equal_rows() {
        People same = new People(42);
        for (int row = 0; row < 100; row++) {
            assertThat(same.person(7, row)).isEqualTo(people.person(7, row));
            assertThat(same.block(7, row)).isEqualTo(people.block(7, row));
        }
    }

    @Test
    void values_fit_their_columns_and_look_like_people() {
        for (int row = 0; row < 2_000; row++) {
            People.Person person = people.person(row, 0);
            assertThat(person.name()).matches("\\S.* .*\\S").hasSizeLessThan(255);
            assertThat(person.mailbox()).matches("[a-z]+\\.[a-z]+");
            assertThat(person.phone()).hasSizeBetween(7, 20);
            assertThat(person.age()).isBetween(18, 90);
            assertThat(person.address()).hasSizeGreaterThan(10);
            assertThat(people.block(row, 0)).hasSize(1_024);
        }
    }

    @Test
    void choices_reach_the_whole_range_evenly() {
        int[] counts = new int[10];
        for (int operation = 0; operation < 10_000; operation++) {
            counts[(int) people.choice(operation, 1, 10)]++;
        }

        assertThat(java.util.Arrays.stream(counts).boxed().toList())
                .allMatch(count -> count > 850 && count < 1_150);
    }
}
