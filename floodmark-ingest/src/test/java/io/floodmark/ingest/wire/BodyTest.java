package io.floodmark.ingest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.ingest.Entry;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyTest {
    private static final String A = "{\"event_id\":\"a\",\"event_type\":\"t\"}";
    private static final String B = "{\"event_id\":\"b\",\"event_type\":\"t\"}";
    private static final String BAD = "{\"event_id\":\"c\"}";

    private static List<String> ids(List<Entry> entries) {
        return entries.stream()
                .map(entry ->
                        switch (entry) {
                            case WireEvent event -> event.id();
                            case Rejection rejection -> rejection.code().label();
                        })
                .toList();
    }

    @Nested
    final class Batches {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[%s,%s,%s]",
                    " [ %s ,%s, %s ] ",
                    "{\"events\":[%s,%s,%s]}",
                    " { \"events\" : [ %s , %s , %s ] } "
                })
        void events_keep_their_order_and_bad_ones_stand_apart(String form) {
            assertThat(ids(Bodies.read(BodyFormat.BATCH, form.formatted(A, BAD, B))))
                    .containsExactly("a", "invalid", "b");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "{\"events\":[]}"})
        void a_batch_may_be_empty(String body) {
            assertThat(Bodies.read(BodyFormat.BATCH, body)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "7",
                    "{\"events\":{}}",
                    "{\"events\":[]",
                    "{\"events\":[],\"events\":[]}",
                    "{\"event\":[]}",
                    "[1,]",
                    "[] []",
                    "[}",
                    "\uFEFF[]"
                })
        void what_is_no_batch_is_malformed_as_a_whole(String body) {
            assertThatThrownBy(() -> Bodies.read(BodyFormat.BATCH, body))
                    .isInstanceOf(MalformedBody.class);
        }

        @Test
        void the_byte_where_it_went_wrong_is_told() {
            assertThatThrownBy(() -> Bodies.read(BodyFormat.BATCH, "[" + A + ",{\"x\":01}]"))
                    .isInstanceOfSatisfying(
                            MalformedBody.class,
                            e -> {
                                assertThat(e.offset()).isEqualTo(A.length() + 8);
                                assertThat(e.reason()).isEqualTo("expected ',' or '}', found '1'");
                            });
        }

        @Test
        void more_events_than_allowed_are_too_large() {
            IngestLimits limits = new IngestLimits(1_000, 10, 2, 100, 9, 9, 9, 9);

            assertThat(Bodies.read(BodyFormat.BATCH, "[1,2]", limits)).hasSize(2);
            assertThatThrownBy(() -> Bodies.read(BodyFormat.BATCH, "[1,2,3]", limits))
                    .isInstanceOf(BodyTooLarge.class)
                    .hasMessageContaining("more than 2 events");
        }
    }

    @Nested
    final class Lines {
        @Test
        void each_line_stands_for_itself() {
            String body = A + "\r\n\n" + "{\"event_id\":" + "\n" + BAD + "\n" + B;

            assertThat(ids(Bodies.read(BodyFormat.LINES, body)))
                    .containsExactly("a", "malformed", "invalid", "b");
        }

        @Test
        void a_line_holds_one_event_only() {
            assertThat(ids(Bodies.read(BodyFormat.LINES, A + " " + B + "\n" + B)))
                    .containsExactly("malformed", "b");
        }

        @Test
        void offsets_count_from_the_start_of_the_body() {
            Rejection rejection = (Rejection) Bodies.read(BodyFormat.LINES, A + "\n{]").getLast();

            assertThat(rejection.offset()).isEqualTo(A.length() + 2);
        }
    }

    @Nested
    final class CloudEvents {
        private static final String EVENT =
                """
                {"specversion":"1.0","id":"7","source":"/shop","type":"org.example.paid",\
                "time":"2026-11-21T09:59:59Z","subject":"order-1","datacontenttype":"application/json",\
                "myext":5,"data":{"sum":1}}\
                """;

        @Test
        void one_is_kept_whole_with_its_source_and_id_as_id() {
            WireEvent event = (WireEvent) Bodies.read(BodyFormat.CLOUD_EVENT, EVENT).getFirst();

            assertThat(event.id()).isEqualTo("/shop#7");
            assertThat(event.type()).isEqualTo("org.example.paid");
            assertThat(event.key()).contains("order-1");
            assertThat(event.occurredMicros()).isEqualTo(1_795_255_199_000_000L);
            assertThat(event)
                    .hasToString(
                            "{\"event_id\":\"/shop#7\",\"event_type\":\"org.example.paid\","
                                    + "\"timestamp\":\"2026-11-21T09:59:59Z\",\"cloudevent\":"
                                    + EVENT
                                    + "}");
        }

        @Test
        void a_batch_is_an_array_of_them() {
            assertThat(
                            ids(
                                    Bodies.read(
                                            BodyFormat.CLOUD_EVENTS,
                                            "[" + EVENT + ",{\"specversion\":\"1.0\"}]")))
                    .containsExactly("/shop#7", "invalid");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"specversion\":\"0.3\"",
                    "\"id\":\"8\"",
                    "\"time\":\"yesterday\"",
                    "\"Upper\":1",
                    "\"other\":{}",
                    "\"id2\":[1]",
                    "\"data_base64\":\"AA==\"",
                    "\"subject\":7"
                })
        void an_attribute_that_breaks_the_rules_is_refused(String more) {
            String body = EVENT.replace("\"data\":", more + ",\"data\":");

            assertThat(Bodies.read(BodyFormat.CLOUD_EVENT, body))
                    .singleElement()
                    .isInstanceOf(Rejection.class);
        }
    }
}
