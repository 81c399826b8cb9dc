package io.floodmark.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.store.AppendCondition;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.Json;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import io.floodmark.store.memory.InMemoryEventStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The two calls, their limits and their mistakes, over real HTTP.
final class DcbServerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final DcbLimits LIMITS = new DcbLimits(4096, 32, 40, 100_000, TIMEOUT);

    private final EventStore store = new InMemoryEventStore();
    private final DcbServer server =
            DcbServer.start(store, "127.0.0.1", 0, LIMITS, System::nanoTime);
    private final DcbClient client = new DcbClient(server.port());

    @AfterEach
    void stop() {
        client.close();
        server.close();
        store.close();
    }

    private void stored(int count) {
        store.append(
                IntStream.rangeClosed(1, count)
                        .mapToObj(number ->
                                Event.of(
                                        number % 2 == 0 ? "Even" : "Odd",
                                        Json.of("{\"n\":%d}".formatted(number)),
                                        Tag.of("n", "" + number)))
                        .toList(),
                AppendCondition.none(),
                TIMEOUT);
    }

    private static JsonNode json(String text) throws IOException {
        return DcbClient.JSON.readTree(text);
    }

    @Nested
    class Reading {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"items\":[]}                    |                          | 1,2,3,4,5,6",
                    "{}                                |                          | 1,2,3,4,5,6",
                    "{\"items\":[{\"types\":[\"Even\"]}]} |                       | 2,4,6",
                    "{\"items\":[{\"types\":[\"Even\"]},{\"tags\":[\"n=3\"]}]} | | 2,3,4,6",
                    "{\"items\":[{\"types\":[\"Even\"],\"tags\":[\"n=4\"]}]} |  | 4",
                    "{\"items\":[{\"types\":[\"Even\"],\"tags\":[\"n=3\"]}]} |  | ''",
                    "{\"items\":[]} | {\"from\":3}                               | 3,4,5,6",
                    "{\"items\":[]} | {\"from\":0,\"limit\":2}                   | 1,2",
                    "{\"items\":[]} | {\"backwards\":true}                       | 6,5,4,3,2,1",
                    "{\"items\":[]} | {\"backwards\":true,\"limit\":2}           | 6,5",
                    "{\"items\":[]} | {\"backwards\":true,\"from\":3}            | 3,2,1",
                    "{\"items\":[]} | {\"backwards\":true,\"from\":3,\"limit\":1} | 3",
                    "{\"items\":[]} | {\"limit\":0}                              | ''",
                    "{\"items\":[]} | {\"backwards\":true,\"limit\":0}           | ''",
                    "{\"items\":[]} | {\"from\":99}                              | ''",
                    "{\"items\":[]} | {\"limit\":null,\"from\":null}             | 1,2,3,4,5,6",
                })
        void gives_what_was_asked(String query, String options, String positions) throws Exception {
            stored(6);

            List<JsonNode> events = client.read(json(query), options == null ? "" : options);

            assertThat(
                            String.join(
                                    ",",
                                    events.stream()
                                            .map(it -> it.get("position").asText())
                                            .toList()))
                    .isEqualTo(positions);
        }

        @Test
        void an_empty_store_has_no_last_event() throws Exception {
            assertThat(client.lastPosition(json("{\"items\":[]}"))).isZero();
        }

        @Test
        void the_last_match_is_found_far_behind_the_end() throws Exception {
            stored(1000);

            assertThat(client.lastPosition(json("{\"items\":[{\"tags\":[\"n=3\"]}]}")))
                    .isEqualTo(3);
        }

        @Test
        void without_a_query_all_is_meant() throws Exception {
            stored(3);

            assertThat(json(client.getPath("/read").body())).hasSize(3);
        }

        @Test
        void a_result_over_the_limit_is_refused_and_never_cut_short() throws Exception {
            stored(41);

            HttpResponse<String> answer = client.getPath("/read");

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("40 events", "options.limit");
        }

        @Test
        void a_long_result_that_fails_is_broken_off() {
            String large = "x".repeat(20_000);
            for (int count = 0; count < 41; count++) {
                store.append(
                        List.of(Event.of("Large", Json.of("{\"x\":\"" + large + "\"}"))),
                        AppendCondition.none(),
                        TIMEOUT);
            }

            assertThatThrownBy(() -> client.getPath("/read")).isInstanceOf(IOException.class);
        }

        @Test
        void a_backward_read_over_the_memory_limit_is_refused() throws Exception {
            String large = "x".repeat(60_000);
            for (int count = 0; count < 2; count++) {
                store.append(
                        List.of(Event.of("Large", Json.of("{\"x\":\"" + large + "\"}"))),
                        AppendCondition.none(),
                        TIMEOUT);
            }

            assertThat(client.getPath("/read?options=" + DcbClient.encoded("{\"backwards\":true}")))
                    .extracting(HttpResponse::statusCode)
                    .isEqualTo(413);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "query=[]",
                    "query={\"items\":{}}",
                    "query={\"items\":[{}]}",
                    "query={\"items\":[{\"types\":[1]}]}",
                    "query={\"items\":[{\"type\":[\"a\"]}]}",
                    "query={\"items\":[],\"items\":[]}",
                    "query={\"items\":[]}{}",
                    "query={",
                    "options={\"limit\":-1}",
                    "options={\"limit\":\"1\"}",
                    "options={\"from\":1.5}",
                    "options={\"backwards\":1}",
                    "options={\"offset\":1}",
                })
        void a_mistake_is_named(String parameter) throws Exception {
            String[] parts = parameter.split("=", 2);

            HttpResponse<String> answer =
                    client.getPath("/read?" + parts[0] + "=" + DcbClient.encoded(parts[1]));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(json(answer.body()).get("error").textValue()).contains(parts[0]);
        }
    }

    @Nested
    class Appending {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{ \"a\" : [1, 2],\n\"b\": \"ü\" }",
                    "",
                    "plain text",
                    "[1,2]",
                    "\"quoted\"",
                    "{\"data\":\"text\"}",
                    "{broken",
                })
        void data_comes_back_as_it_was(String data) throws Exception {
            JsonNode events =
                    DcbClient.JSON.createArrayNode().addObject().put("type", "T").put("data", data);

            assertThat(client.append(events, json("null"))).isFalse();

            JsonNode event = client.read(json("{}"), "").getFirst();
            assertThat(event.get("data").textValue()).isEqualTo(data);
            assertThat(event.get("tags")).isEmpty();
        }

        @Test
        void a_json_object_is_the_payload() throws Exception {
            client.append(
                    json("[{\"type\":\"T\",\"tags\":[\"b\",\"a\"],\"data\":\"{\\\"k\\\":1}\"}]"),
                    json("null"));

            RecordedEvent event =
                    store.read(Query.all().everything(), TIMEOUT).toList(2).getFirst();
            assertThat(event.event().payload()).isEqualTo(Json.of("{\"k\":1}"));
            assertThat(event.event().tags()).containsExactly(new Tag("a"), new Tag("b"));
            assertThat(event.event().metadata()).isEqualTo(Json.EMPTY_OBJECT);
        }

        @Test
        void a_condition_counts_what_came_after() throws Exception {
            stored(4);
            JsonNode event = json("[{\"type\":\"T\",\"tags\":[],\"data\":\"{}\"}]");
            String even = "{\"items\":[{\"types\":[\"Even\"]}]}";

            assertThat(client.append(event, json("{\"failIfEventsMatch\":" + even + "}"))).isTrue();
            assertThat(
                            client.append(
                                    event,
                                    json("{\"failIfEventsMatch\":" + even + ",\"after\":3}")))
                    .isTrue();
            assertThat(store.head(io.floodmark.store.Consistency.strong()).value()).isEqualTo(4);
            assertThat(
                            client.append(
                                    event,
                                    json("{\"failIfEventsMatch\":" + even + ",\"after\":4}")))
                    .isFalse();
            assertThat(
                            client.append(
                                    event,
                                    json("{\"failIfEventsMatch\":" + even + ",\"after\":99}")))
                    .as("after may lie beyond the head")
                    .isFalse();
            assertThat(store.head(io.floodmark.store.Consistency.strong()).value()).isEqualTo(6);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "[]",
                    "{\"events\":[]}",
                    "{\"events\":[{\"type\":\"T\"}]}",
                    "{\"events\":[{\"type\":\"\",\"data\":\"{}\"}]}",
                    "{\"events\":[{\"type\":\"T\",\"data\":{}}]}",
                    "{\"events\":[{\"type\":\"T\",\"data\":\"{}\",\"tags\":\"a\"}]}",
                    "{\"events\":[{\"type\":\"T\",\"data\":\"{}\",\"metadata\":{}}]}",
                    "{\"events\":[{\"type\":\"T\",\"data\":\"{}\"}],\"condition\":{}}",
                    "{\"events\":[{\"type\":\"T\",\"data\":\"{}\"}],\"condition\":{\"failIfEventsMatch\":{},\"after\":-1}}",
                })
        void a_mistake_stores_nothing(String body) throws Exception {
            HttpResponse<String> answer = client.post(body, "application/json");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(json(answer.body()).get("error").textValue()).isNotBlank();
            assertThat(store.head(io.floodmark.store.Consistency.strong()).value()).isZero();
        }

        @Test
        void a_body_over_the_limit_is_refused() throws Exception {
            String body =
                    "{\"events\":[{\"type\":\"T\",\"data\":\"%s\"}]}".formatted("x".repeat(5000));

            assertThat(client.post(body, "application/json").statusCode()).isEqualTo(413);
        }

        @Test
        void only_json_is_taken() throws Exception {
            HttpResponse<String> answer =
                    client.post("{\"events\":[{\"type\":\"T\",\"data\":\"{}\"}]}", "text/plain");

            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(store.head(io.floodmark.store.Consistency.strong()).value()).isZero();
        }

        @Test
        void a_closed_store_is_not_a_success() throws Exception {
            store.close();

            assertThat(
                            client.post(
                                            "{\"events\":[{\"type\":\"T\",\"data\":\"{}\"}]}",
                                            "application/json")
                                    .statusCode())
                    .isGreaterThanOrEqualTo(500);
        }
    }
}
