package io.floodmark.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    /// The bytes of chars up to U+00FF, one each, so that a test can spell out any bytes.
    private static byte[] bytes(String latin1) {
        return latin1.getBytes(ISO_8859_1);
    }

    private static InvalidJson failure(byte[] utf8) {
        InvalidJson failure = catchThrowableOfType(InvalidJson.class, () -> Json.ofUtf8(utf8));
        assertThat(failure).as("failure of <%s>", new String(utf8, ISO_8859_1)).isNotNull();
        return failure;
    }

    @Nested
    final class ValidTexts {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "[]",
                    " \t\r\n[ ] \n",
                    "null",
                    "true",
                    "false",
                    "\"\"",
                    "0",
                    "-0",
                    "-0.0e-0",
                    "10",
                    "1.5",
                    "1E400",
                    "1e+5",
                    "123456789012345678901234567890",
                    "[1,2,[3,{\"a\":null}]]",
                    "{\"a\":1 , \"b\" : [true,false] }",
                    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
                    "\"\\ud83d\\ude00\"",
                    "\"\\uD83D\\uDE00\"",
                    "\"é ß 漢 😀 \u007f\u2028\"",
                    "{\"a\":1,\"a\":2}"
                })
        void pass_and_keep_their_bytes(String text) {
            Json json = Json.ofUtf8(text.getBytes(UTF_8));

            assertThat(json.utf8()).isEqualTo(text.getBytes(UTF_8));
            assertThat(json).hasToString(text).isEqualTo(Json.of(text));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"\u00C2\u0080\"",
                    "\"\u00DF\u00BF\"",
                    "\"\u00E0\u00A0\u0080\"",
                    "\"\u00ED\u009F\u00BF\"",
                    "\"\u00EE\u0080\u0080\"",
                    "\"\u00EF\u00BF\u00BF\"",
                    "\"\u00F0\u0090\u0080\u0080\"",
                    "\"\u00F4\u008F\u00BF\u00BF\""
                })
        void pass_at_the_edges_of_utf_8(String latin1) {
            assertThat(Json.ofUtf8(bytes(latin1)).utf8()).isEqualTo(bytes(latin1));
        }
    }

    @Nested
    final class InvalidTexts {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                textBlock =
                        """
                        ``               | 0 | expected a value, found the end of the text
                        ` `              | 1 | expected a value
                        `{`              | 1 | expected a key in quotes
                        `{a:1}`          | 1 | expected a key in quotes, found 'a'
                        `{'a':1}`        | 1 | expected a key in quotes
                        `{1:1}`          | 1 | expected a key in quotes
                        `{"a"}`          | 4 | expected ':' after the key, found '}'
                        `{"a":}`         | 5 | expected a value
                        `{"a":1,}`       | 7 | expected a key in quotes
                        `{"a":1 "b":2}`  | 7 | expected ',' or '}'
                        `{"a":1`         | 6 | expected ',' or '}', found the end of the text
                        `{"a":1]`        | 6 | expected ',' or '}'
                        `[`              | 1 | expected a value
                        `[1,]`           | 3 | expected a value
                        `[1 2]`          | 3 | expected ',' or ']'
                        `[,1]`           | 1 | expected a value
                        `]`              | 0 | expected a value
                        `{} {}`          | 3 | more text after the value
                        `nul`            | 0 | expected a value
                        `nulL`           | 0 | expected a value
                        `True`           | 0 | expected a value
                        `NaN`            | 0 | expected a value
                        `+1`             | 0 | expected a value
                        `.5`             | 0 | expected a value
                        `-`              | 1 | expected a digit
                        `01`             | 1 | more text after the value
                        `-01`            | 2 | more text after the value
                        `1.`             | 2 | expected a digit after the point
                        `1.e5`           | 2 | expected a digit after the point
                        `1e`             | 2 | expected a digit in the exponent
                        `1e+-5`          | 3 | expected a digit in the exponent
                        `0x1`            | 1 | more text after the value
                        `Infinity`       | 0 | expected a value
                        `"`              | 1 | at the end of the string
                        `"a`             | 2 | at the end of the string
                        `"\\x"`          | 2 | after the backslash, found 'x'
                        `"\\`            | 2 | after the backslash, found the end of the text
                        `"\\u12"`        | 1 | four hexadecimal digits
                        `"\\u12`         | 1 | four hexadecimal digits
                        `"\\u12g4"`      | 1 | four hexadecimal digits
                        `"\\u0000"`      | 1 | U+0000
                        `"\\ud83d"`      | 7 | low surrogate after that of a high one
                        `"\\ud83dx"`     | 7 | low surrogate after that of a high one
                        `"\\ud83d\\n"`   | 7 | low surrogate after that of a high one
                        `"\\ud83d\\u0041"` | 7 | low surrogate after that of a high one
                        `"\\ude00"`      | 1 | low surrogate without a high one
                        `/**/{}`         | 0 | expected a value
                        """)
        void fail_with_place_and_reason(String text, int offset, String reason) {
            InvalidJson failure = failure(text.getBytes(UTF_8));

            assertThat(failure.offset()).isEqualTo(offset);
            assertThat(failure).hasMessageContaining("at byte " + offset + ":");
            assertThat(failure).hasMessageContaining(reason);
        }

        @ParameterizedTest
        @ValueSource(chars = {0, 1, '\t', '\n', '\r', 0x1f})
        void control_characters_must_be_escaped_in_strings(char control) {
            InvalidJson failure = failure(bytes("[\"" + control + "\"]"));

            assertThat(failure.offset()).isEqualTo(2);
            assertThat(failure).hasMessageContaining("must be escaped");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\u000b{}", "\u000c{}", "\u00a0{}", "\u00EF\u00BB\u00BF{}"})
        void only_four_characters_are_space_and_a_byte_order_mark_is_none(String latin1) {
            assertThat(failure(bytes(latin1)).offset()).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\u0080",
                    "\u00BF",
                    "\u00C0\u0080",
                    "\u00C1\u00BF",
                    "\u00C2",
                    "\u00C2A",
                    "\u00E0\u009F\u00BF",
                    "\u00E2\u0082",
                    "\u00E2\u0082A",
                    "\u00ED\u00A0\u0080",
                    "\u00F0\u008F\u00BF\u00BF",
                    "\u00F0\u0090\u0080",
                    "\u00F4\u0090\u0080\u0080",
                    "\u00F5\u0080\u0080\u0080",
                    "\u00FF"
                })
        void bytes_that_are_no_utf_8_fail(String latin1) {
            InvalidJson inside = failure(bytes("\"" + latin1 + "\""));

            assertThat(inside.offset()).isEqualTo(1);
            assertThat(inside).hasMessageContaining("UTF-8");
            assertThat(failure(bytes("\"" + latin1)).offset()).isEqualTo(1);
        }

        @Test
        void half_a_surrogate_pair_is_no_text() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Json.of("\"\ud83d\""))
                    .withMessageContaining("surrogate");
        }

        @Test
        void every_prefix_of_a_document_fails() {
            byte[] whole = "{\"a\":[1.5e3,true,null,\"\\u00e9é😀\\n\"],\"b\":{}}".getBytes(UTF_8);

            for (int length = 0; length < whole.length; length++) {
                byte[] prefix = Arrays.copyOf(whole, length);
                assertThat(failure(prefix).offset()).isBetween(0, length);
            }
        }
    }

    @Nested
    final class Limits {

        @Test
        void depth_is_limited() {
            String deepest = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
            assertThat(Json.of(deepest)).hasToString(deepest);

            InvalidJson failure = failure(bytes("[" + deepest + "]"));

            assertThat(failure.offset()).isEqualTo(Json.MAX_DEPTH);
            assertThat(failure).hasMessageContaining("64");
        }

        @Test
        void size_is_limited_in_bytes() {
            String longest = "\"" + "x".repeat(Json.MAX_BYTES - 2) + "\"";
            assertThat(Json.of(longest).size()).isEqualTo(Json.MAX_BYTES);

            assertThat(failure(bytes(longest + " "))).hasMessageContaining("1048576");
            assertThatIllegalArgumentException().isThrownBy(() -> Json.of(longest + " "));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Json.of("\"" + "é".repeat(Json.MAX_BYTES / 2) + "\""));
        }
    }

    @Nested
    final class Bytes {

        @Test
        void cannot_be_changed_from_outside() {
            byte[] given = bytes("[1]");
            Json json = Json.ofUtf8(given);

            given[1] = '2';
            json.utf8()[1] = '3';

            assertThat(json).hasToString("[1]");
        }

        @Test
        void decide_equality() {
            assertThat(Json.of("{}"))
                    .isEqualTo(Json.EMPTY_OBJECT)
                    .hasSameHashCodeAs(Json.EMPTY_OBJECT);
            assertThat(Json.of("{ }")).isNotEqualTo(Json.EMPTY_OBJECT);
        }
    }

    @Nested
    final class Members {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                textBlock =
                        """
                        `{"k":"v"}`                          | v
                        ` { "k" : "v" } `                    | v
                        `{"a":1,"k":"v","z":[]}`             | v
                        `{"a":{"k":"no"},"k":"v"}`           | v
                        `{"a":[{"k":"no"},"}"],"k":"v"}`     | v
                        `{"a":"\\"k\\":\\"no\\"","k":"v"}`   | v
                        `{"a":"k","k":"v"}`                  | v
                        `{"\\u006b":"v"}`                    | v
                        `{"k":"\\u0076"}`                    | v
                        `{"k":"no","k":"v"}`                 | v
                        `{"k":1,"k":"v"}`                    | v
                        `{"k":"\\ud83d\\ude00\\u00e9"}`      | 😀é
                        `{"k":"\\\\\\/\\"é"}`                | \\/"é
                        """)
        void are_found_at_the_top_and_unescaped(String text, String value) {
            assertThat(Json.of(text).stringMember("k")).contains(value);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"K\":\"v\"}",
                    "{\"kk\":\"v\"}",
                    "{\"\":\"v\"}",
                    "{\"k\":1}",
                    "{\"k\":true}",
                    "{\"k\":null}",
                    "{\"k\":[\"v\"]}",
                    "{\"k\":{\"k\":\"v\"}}",
                    "{\"a\":{\"k\":\"v\"}}",
                    "{\"a\":\"k\"}",
                    "{\"k\":\"v\",\"k\":2}",
                    "[\"k\",\"v\"]",
                    "\"k\"",
                    "7"
                })
        void that_are_no_strings_or_elsewhere_are_not_found(String text) {
            assertThat(Json.of(text).stringMember("k")).isEmpty();
        }

        @Test
        void control_escapes_are_undone() {
            assertThat(Json.of("{\"k\":\"\\b\\f\\n\\r\\t\"}").stringMember("k"))
                    .contains("\b\f\n\r\t");
        }

        @Test
        void only_an_object_is_an_object() {
            assertThat(Json.of(" {}").isObject()).isTrue();
            assertThat(Json.of("[{}]").isObject()).isFalse();
            assertThat(Json.of("\"{}\"").isObject()).isFalse();
        }
    }
}
