package io.floodmark.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBytesTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void members_and_elements_are_separated_wherever_they_stand() {
        JsonBytes json = new JsonBytes();
        json.object().object("a").endObject().array("b").endArray();
        json.array("c").object().endObject().object().number("n", 1).text("t", "{").endObject();
        json.element("[").element("x").endArray().flag("d", true).flag("e", false).endObject();

        assertThat(written(json))
                .isEqualTo(
                        """
                        {"a":{},"b":[],"c":[{},{"n":1,"t":"{"},"[","x"],"d":true,"e":false}\
                        """);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 1_000_000_007, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void numbers_are_as_the_jdk_writes_them(long value) {
        assertThat(written(new JsonBytes().number(value))).isEqualTo(Long.toString(value));
    }

    @Test
    void a_character_that_needs_care_is_read_back_at_every_place() throws Exception {
        for (String odd : List.of("\"", "\\", "\n", "\u0000", "\u001f", "\u007f", "ü", "日", "😀")) {
            for (int at = 0; at <= 20; at++) {
                String text = "a".repeat(at) + odd + "b".repeat(20 - at);

                assertThat(read(new JsonBytes().text(text)).textValue()).isEqualTo(text);
            }
        }
    }

    @Test
    void random_texts_are_read_back_as_they_were() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text =
                    random.ints(random.nextInt(40), 0, 0x300)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            JsonBytes json = new JsonBytes();
            json.object().text(text, text).endObject();

            assertThat(read(json).get(text).textValue()).isEqualTo(text);
        }
    }

    @Test
    void half_a_surrogate_pair_becomes_a_question_mark() throws Exception {
        assertThat(read(new JsonBytes().text("a\ud800b")).textValue()).isEqualTo("a?b");
    }

    @Test
    void what_is_longer_than_its_array_fits() {
        JsonBytes json = new JsonBytes();
        json.object().text("a", "x".repeat(10_000)).number("b", 1).endObject();

        assertThat(written(json)).hasSize(10_000 + 14).endsWith("\",\"b\":1}");
    }

    private static String written(JsonBytes json) {
        return new String(json.bytes(), 0, json.length(), StandardCharsets.UTF_8);
    }

    private static JsonNode read(JsonBytes json) throws JsonProcessingException {
        return MAPPER.readTree(written(json));
    }
}
