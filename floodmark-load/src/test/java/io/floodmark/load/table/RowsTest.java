package io.floodmark.load.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The values of rows and how they tell who wrote them.
final class RowsTest {

    private final People people = new People(42);
    private final RowMarks marks = new RowMarks("r1");

    @Test
    void equal_seeds_make_equal_rows_and_others_differ() {
        People same = new People(42);
        People other = new People(43);
        int differing = 0;
        for (int operation = 0; operation < 100; operation++) {
            assertThat(same.person(operation, 3)).isEqualTo(people.person(operation, 3));
            assertThat(same.block(operation, 3)).isEqualTo(people.block(operation, 3));
            differing += other.person(operation, 3).equals(people.person(operation, 3)) ? 0 : 1;
        }

        assertThat(differing).isGreaterThan(90);
    }

    @Test
    void rows_differ_within_a_batch_and_fit_their_columns() {
        Set<People.Person> seen = new HashSet<>();
        for (int row = 0; row < 100; row++) {
            People.Person person = people.person(5, row);
            seen.add(person);
            assertThat(person.name()).isNotBlank().hasSizeLessThan(255);
            assertThat(person.phone()).isNotBlank().hasSizeLessThanOrEqualTo(20);
            assertThat(person.age()).isBetween(18, 90);
            assertThat(person.mailbox()).matches("[a-z.]+");
            assertThat(people.block(5, row)).hasSize(1_024);
        }

        assertThat(seen).hasSizeGreaterThan(90);
    }

    @Test
    void choices_spread_over_all_rows() {
        long bound = 100;
        int[] chosen = new int[(int) bound];
        int draws = 20_000;
        for (int operation = 0; operation < draws; operation++) {
            chosen[(int) people.choice(operation, 1, bound)]++;
        }
        double chiSquare = 0;
        double expected = (double) draws / bound;
        for (int count : chosen) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }

        // 99 degrees of freedom: above 149 in one of a thousand samples; the seed is fixed.
        assertThat(chiSquare).isLessThan(149);
    }

    @Test
    void marks_name_run_operation_and_row() {
        assertThat(marks.insertedEmail("ada.l", 12, 3)).isEqualTo("ada.l+12-3@r1.example");
        assertThat(marks.seededEmail("ada.l", 12)).isEqualTo("ada.l+s12@r1.example");
        assertThat(marks.updatedData("xyz", 12)).isEqualTo("ur1:12:xyz");
    }

    @Test
    void mark_with_a_wildcard_or_a_separator_is_refused() {
        for (String run : new String[] {"", "a_b", "a%", "a:b", "A"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RowMarks(run));
        }
    }

    @Test
    void names_are_quoted_for_sql() {
        assertThat(new TableNames("load_test_data").quoted()).isEqualTo("\"load_test_data\"");
        assertThat(new TableNames("Bench.T1").quoted()).isEqualTo("\"Bench\".\"T1\"");
        assertThat(new TableNames("a\"b").quoted()).isEqualTo("\"a\"\"b\"");
        assertThat(new TableNames("bench.t1").quotedIndex("email")).isEqualTo("\"idx_t1_email\"");
        assertThat(new TableNames("t".repeat(53)).quotedIndex("email")).hasSize(65);
        assertThat(new TableNames("t".repeat(54)).quotedIndex("email")).isEmpty();
    }
}
