package io.floodmark.ingest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTest {
    private static final String WHOLE =
            """
            {"event_id":"e-1","event_type":"purchase","timestamp":"2026-11-21T09:59:59Z",
             "user_id":"u-7","anonymous_id":"a-7","session_id":"s-7","campaign":"autumn","source":"mail",
             "medium":null,"channel":"email","referrer":"https://example.org/","click_id":"c-1",
             "revenue":19.90,"currency":"EUR","properties":{"items":[{"sku":"x"}]}}\
            """;

    @Nested
    final class Taken {
        @Test
        void a_whole_event_is_used_where_it_lies() {
            WireEvent event = Bodies.event("  " + WHOLE + "\n");

            assertThat(event.id()).isEqualTo("e-1");
            assertThat(event.type()).isEqualTo("purchase");
            assertThat(event.key()).contains("u-7");
            assertThat(event.occurredMicros()).isEqualTo(1_795_255_199_000_000L);
            assertThat(event).hasToString(WHOLE);
            assertThat(event.bytes()).isEqualTo(WHOLE.length());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "é | é",
                    "日 | 日",
                    "😀 | 😀",
                    "~ | ~",
                    "\\n | `\n`",
                    "\\\" | `\"`",
                    "\\\\ | \\",
                    "\\u00e9 | é",
                    "\\ud83d\\ude00 | 😀"
                })
        void a_character_that_needs_care_is_read_at_every_place(String written, String meant) {
            for (int at = 0; at <= 17; at++) {
                String before = "a".repeat(at);
                String after = "b".repeat(17 - at);
                WireEvent event =
                        Bodies.event(
                                "{\"event_id\":\"%s\",\"event_type\":\"t\"}"
                                        .formatted(before + written + after));

                assertThat(event.id()).isEqualTo(before + meant + after);
            }
        }

        @ParameterizedTest
        @EnumSource(Field.class)
        void each_member_is_known_by_its_name_alone(Field field) {
            byte[] name = field.pointer().substring(1).getBytes(StandardCharsets.UTF_8);

            assertThat(Field.named(name, 0, name.length)).isEqualTo(field);
            assertThat(Field.named(name, 0, name.length - 1)).isNull();
            for (int i = 0; i < name.length; i++) {
                byte[] other = name.clone();
                other[i] ^= 1;
                assertThat(Field.named(other, 0, other.length)).isNull();
            }
        }

        @Test
        void an_event_without_id_and_time_gets_both() {
            WireEvent event = Bodies.event("{\"event_type\":\"a\"}");

            assertThat(UUID.fromString(event.id()).version()).isEqualTo(7);
            assertThat(event.occurredMicros()).isEqualTo(Bodies.RECEIVED.toEpochMilli() * 1_000);
            assertThat(event)
                    .hasToString(
                            "{\"event_id\":\"%s\",\"timestamp\":\"2026-11-21T10:00:00.123Z\",\"event_type\":\"a\"}"
                                    .formatted(event.id()));
        }

        @Test
        void the_key_is_the_user_else_the_anonymous_one_else_the_session() {
            assertThat(Bodies.event("{\"event_type\":\"a\",\"session_id\":\"s\"}").key())
                    .contains("s");
            assertThat(
                            Bodies.event(
                                            "{\"event_type\":\"a\",\"session_id\":\"s\",\"anonymous_id\":\"n\",\"user_id\":null}")
                                    .key())
                    .contains("n");
            assertThat(Bodies.event("{\"event_type\":\"a\"}").key()).isEmpty();
        }

        @Test
        void under_an_idempotency_key_ids_repeat_for_the_same_event_only() {
            String one = keyed("key", "{\"event_type\":\"a\"}");

            assertThat(keyed("key", "{\"event_type\":\"a\"}")).isEqualTo(one);
            assertThat(UUID.fromString(one).version()).isEqualTo(8);
            assertThat(UUID.fromString(one).variant()).isEqualTo(2);
            assertThat(keyed("other", "{\"event_type\":\"a\"}")).isNotEqualTo(one);
            assertThat(keyed("key", "{\"event_type\":\"b\"}")).isNotEqualTo(one);
        }

        private static String keyed(String key, String event) {
            return ((WireEvent)
                            Bodies.read(
                                            BodyFormat.EVENT,
                                            event.getBytes(StandardCharsets.UTF_8),
                                            IngestLimits.defaults(),
                                            Optional.of(key))
                                    .getFirst())
                    .id();
        }
    }

    @Nested
    final class Refused {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | /event_type | missing",
                    "{\"event_type\":\"\"} | /event_type | empty",
                    "{\"event_type\":null} | /event_type | text",
                    "{\"event_type\":\"a\",\"event_id\":7} | /event_id | text",
                    "{\"event_type\":\"a\",\"event_id\":null} | /event_id | text",
                    "{\"event_type\":\"a\",\"timestamp\":1795255199} | /timestamp | text",
                    "{\"event_type\":\"a\",\"timestamp\":\"now\"} | /timestamp | RFC 3339",
                    "{\"event_type\":\"a\",\"user_id\":\"\"} | /user_id | empty",
                    "{\"event_type\":\"a\",\"revenue\":\"9\"} | /revenue | number",
                    "{\"event_type\":\"a\",\"revenue\":1e309} | /revenue | 308",
                    "{\"event_type\":\"a\",\"currency\":\"eur\"} | /currency | capital",
                    "{\"event_type\":\"a\",\"properties\":[]} | /properties | object",
                    "{\"event_type\":\"a\",\"event_type\":\"b\"} | /event_type | twice",
                    "{\"event_type\":\"a\",\"event\\u005ftype\":\"b\"} | /event_type | twice",
                    "{\"event_type\":\"a\",\"a/b~c\":1} | /a~1b~0c | properties",
                    "{\"event_type\":\"a\\u0000\"} | /event_type | U+0000",
                    "{\"event_type\":\"a\",\"properties\":{\"x\":\"\\ud800\"}} | /properties | surrogate",
                    "[] | '' | object"
                })
        void a_wrong_field_is_named_with_its_reason(String body, String pointer, String words) {
            Rejection rejection = Bodies.rejection(body);

            assertThat(rejection.code()).isEqualTo(Rejection.Code.INVALID);
            assertThat(rejection.pointer()).isEqualTo(pointer);
            assertThat(rejection.reason()).contains(words);
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 1})
        void limits_hold_to_the_byte(int beyond) {
            String properties = "{\"p\":\"%s\"}".formatted("x".repeat(100 + beyond));
            IngestLimits limits = limits(1_000, 16, 10, 100);
            String event = "{\"event_type\":\"a\",\"properties\":" + properties + "}";

            boolean taken =
                    Bodies.read(BodyFormat.EVENT, event, limits).getFirst() instanceof WireEvent;

            assertThat(taken).isEqualTo(beyond <= 0);
        }

        @Test
        void an_event_beyond_its_bytes_is_too_large() {
            String event = "{\"event_type\":\"a\",\"properties\":{}}";
            int length = event.length();

            assertThat(Bodies.read(BodyFormat.EVENT, event, limits(length, 16, 10, 10)))
                    .singleElement()
                    .isInstanceOf(WireEvent.class);
            Rejection rejection = Bodies.rejection(event, limits(length - 1, 16, 10, 10));
            assertThat(rejection.code()).isEqualTo(Rejection.Code.TOO_LARGE);
            assertThat(rejection.reason()).isEqualTo("the event has 34 bytes, the limit is 33");
        }

        @Test
        void nesting_counts_from_the_event_itself() {
            String event = "{\"event_type\":\"a\",\"properties\":{\"a\":[[]]}}";

            assertThat(Bodies.read(BodyFormat.EVENT, event, limits(99, 4, 10, 10)))
                    .singleElement()
                    .isInstanceOf(WireEvent.class);
            Rejection rejection = Bodies.rejection(event, limits(99, 3, 10, 10));
            assertThat(rejection.code()).isEqualTo(Rejection.Code.TOO_LARGE);
            assertThat(rejection.pointer()).isEqualTo("/properties");
        }

        @Test
        void members_and_elements_are_counted_together() {
            String event = "{\"event_type\":\"a\",\"properties\":{\"a\":[1,2],\"b\":{}}}";

            assertThat(Bodies.read(BodyFormat.EVENT, event, limits(99, 9, 6, 10)))
                    .singleElement()
                    .isInstanceOf(WireEvent.class);
            assertThat(Bodies.rejection(event, limits(99, 9, 5, 10)).reason())
                    .contains("more members");
        }

        @Test
        void nesting_beyond_any_limit_ends_the_body() {
            String event = "{\"event_type\":\"a\",\"properties\":" + "[".repeat(100_000);

            assertThatThrownBy(() -> Bodies.read(BodyFormat.EVENT, event))
                    .isInstanceOf(MalformedBody.class)
                    .hasMessageContaining("nested deeper");
        }

        private static IngestLimits limits(int event, int depth, int members, int string) {
            return new IngestLimits(1 << 20, 100, 100, event, depth, members, string, 20);
        }
    }
}
