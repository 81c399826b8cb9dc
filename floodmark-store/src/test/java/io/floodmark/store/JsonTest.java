package io.floodmark.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void a_top_level_string_is_found() {
        assertThat(Json.of("{\"a\": {\"b\": \"x\"}, \"b\": \"y\"}").stringMember("b"))
                .contains("y");
    }
}
