package io.floodmark.store.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Floodmark",
                "1st",
                "a-b",
                "a b",
                "a\"b",
                "a'; drop table events; --",
                "ä",
                "pg_catalog",
                "a23456789012345678901234567890123456789012"
            })
    void a_schema_that_is_no_plain_name_is_refused(String schema) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StoreNames(schema, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A_", "x\"", "x;", "0", "a\\"})
    void a_prefix_that_is_no_plain_name_is_refused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreNames("floodmark", prefix))
                .withMessageContaining("prefix")
                .withMessageContaining(prefix);
    }

    @Test
    void tables_are_quoted_and_carry_the_prefix() {
        var names = new StoreNames("shop", "eu_");

        assertThat(names.events()).isEqualTo("\"shop\".\"eu_events\"");
        assertThat(names.channel()).isEqualTo("shop_eu_head");
    }
}
