package io.floodmark.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Rejection;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The document and the server say the same.
final class OpenApiTest {
    private static final String EVENT = "{\"event_type\":\"t\"}";

    private static JsonNode document() throws Exception {
        return new ObjectMapper(new YAMLFactory()).readTree(Pages.openApi());
    }

    @Test
    void every_path_and_method_of_the_document_is_served_with_a_status_that_it_lists()
            throws Exception {
        try (TestServer server = TestServer.start()) {
            for (Map.Entry<String, JsonNode> path : document().get("paths").properties()) {
                for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                    BodyPublisher body =
                            method.getKey().equals("post")
                                    ? BodyPublishers.ofString(
                                            path.getKey().endsWith("batch")
                                                    ? "[" + EVENT + "]"
                                                    : EVENT)
                                    : BodyPublishers.noBody();
                    TestServer.Answer answer =
                            server.send(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    body,
                                    "Content-Type",
                                    "application/json");

                    assertThat(answer.status()).as(path.getKey()).isBetween(200, 204);
                    assertThat(method.getValue().get("responses").has("" + answer.status()))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void the_server_serves_the_document_and_every_target_is_in_it() throws Exception {
        try (TestServer server = TestServer.start()) {
            assertThat(server.get("/openapi.yaml").response().body()).isEqualTo(Pages.openApi());
        }
        for (Target target : Target.values()) {
            JsonNode content =
                    document().get("paths").get(target.path()).at("/post/requestBody/content");
            assertThat(content.properties().stream().map(Map.Entry::getKey))
                    .containsExactlyInAnyOrder(target.types().split(", "));
        }
    }

    @Test
    void receipts_have_the_members_that_the_document_requires_and_no_others() throws Exception {
        JsonNode receipt = document().at("/components/schemas/Receipt");
        try (TestServer server = TestServer.start()) {
            TestServer.Answer answer =
                    server.post(
                            "/v1/events/batch",
                            TestServer.JSON,
                            "[" + EVENT + ",{\"event_type\":7}]");

            assertThat(names(answer.body())).isEqualTo(texts(receipt.get("required")));
            assertThat(names(answer.data()))
                    .isEqualTo(texts(receipt.at("/properties/data/required")));
            JsonNode event = receipt.at("/properties/data/properties/events/items/properties");
            for (JsonNode one : answer.data().get("events")) {
                assertThat(names(event)).containsAll(names(one));
            }
        }
    }

    @Test
    void the_words_of_the_document_are_those_of_the_program() throws Exception {
        JsonNode data = document().at("/components/schemas/Receipt/properties/data/properties");

        assertThat(texts(data.at("/ack/enum")))
                .isEqualTo(Arrays.stream(AckLevel.values()).map(AckLevel::label).toList());
        assertThat(texts(data.at("/events/items/properties/code/enum")))
                .isEqualTo(
                        Arrays.stream(Rejection.Code.values()).map(Rejection.Code::label).toList());
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
    }
}
