package io.floodmark.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "23505, 23 integrity constraint violation",
        "08006, 08 connection exception",
        "40P01, 40 transaction rollback",
        "57014, 57 operator intervention",
        "53300, 53 insufficient resources",
        "42P01, 42 syntax error or access rule violation",
        "XX000, XX internal error",
        "ZZ123, ZZ unknown class"
    })
    void class_has_its_standard_name(String state, String kind) {
        assertThat(SqlFailures.classify(new SQLException("no", state))).isEqualTo(kind);
    }

    @Test
    void state_of_a_cause_counts_when_the_failure_has_none() {
        SQLException failure = new SQLException("outer", new SQLException("inner", "40001"));

        assertThat(SqlFailures.classify(failure)).isEqualTo("40 transaction rollback");
        assertThat(SqlFailures.classify(new SQLException("nothing"))).isEqualTo("no SQLSTATE");
    }

    @Test
    void causes_in_a_circle_end() {
        SQLException first = new SQLException("first");
        SQLException second = new SQLException("second", first);
        first.initCause(second);

        assertThat(SqlFailures.classify(first)).isEqualTo("no SQLSTATE");
        assertThat(SqlFailures.isConnectionLost(first)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "08006, true, true",
        "08001, true, false",
        "08003, true, false",
        "08007, true, true",
        "40003, false, true",
        "57P01, true, true",
        "57P03, true, false",
        "57014, false, true",
        "23505, false, false",
        "40001, false, false",
        "53300, false, false"
    })
    void loss_and_unknown_outcome_are_told_apart(String state, boolean lost, boolean unknown) {
        SQLException failure = new SQLException("no", state);

        assertThat(SqlFailures.isConnectionLost(failure)).isEqualTo(lost);
        assertThat(SqlFailures.outcomeUnknown(failure)).isEqualTo(unknown);
    }

    @Test
    void broken_socket_is_a_lost_connection() {
        SQLException failure = new SQLException("broken", new IOException("reset"));

        assertThat(SqlFailures.isConnectionLost(failure)).isTrue();
        assertThat(SqlFailures.outcomeUnknown(failure)).isTrue();
    }
}
