package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events come back exactly as they were given.
public abstract class EventFidelityContract extends StoreContract {

    private void expectSame(Event event) {
        append(event);
        RecordedEvent stored = log().getFirst();

        assertThat(stored.event()).isEqualTo(event);
        assertThat(stored.event().payload().utf8()).isEqualTo(event.payload().utf8());
        assertThat(stored.event().metadata().utf8()).isEqualTo(event.metadata().utf8());
        assertThat(stored.recordedAt()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    void every_part_of_an_event_comes_back() {
        expectSame(
                new Event(
                        UUID.fromString("2f1d7b1e-5c1a-4d0f-9d0a-0f4c1f6f2a11"),
                        "BookCopyLent",
                        Set.of(book(1), Tag.of("reader", "Ann"), new Tag("urgent")),
                        Json.of("{\"BookID\": \"1\"}"),
                        Json.of("{\"correlation\": \"c-1\"}"),
                        Instant.parse("1999-12-31T23:59:59.123456Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\n\t\"b\" : 1 ,\"a\":2}\r\n",
                "{\"n\":1.0E+2,\"m\":-0,\"long\":12345678901234567890.123456789}",
                "{\"a\":1,\"a\":2}",
                "{\"escaped\":\"\\u00e4\\/\\n\\\"\\\\\",\"raw\":\"ä€😀\"}",
                "{\"deep\":[[[{\"x\":[null,true,false]}]]]}"
            })
    void json_comes_back_byte_for_byte(String json) {
        expectSame(Event.draft("noted").payload(Json.of(json)).metadata(Json.of(json)).build());
    }

    @Test
    void a_payload_near_the_limit_comes_back() {
        String text = "x".repeat(Json.MAX_BYTES - 20);

        expectSame(event("large", "{\"text\":\"" + text + "\"}"));
    }

    @Test
    void as_many_tags_as_the_limit_come_back_and_each_finds_the_event() {
        Set<Tag> most =
                IntStream.range(0, Event.MAX_TAGS)
                        .mapToObj(i -> Tag.of("k" + i, "v"))
                        .collect(Collectors.toSet());
        Event event = Event.draft("tagged").tags(most).build();
        expectSame(event);

        for (Tag tag : most) {
            assertThat(read(ReadRequest.of(Query.matching().tags(tag).build()))).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE events; --",
                "\" OR \"1\"=\"1",
                "%_\\ $1 ? :name {0}",
                "{a,b}",
                "NULL",
                "ÄÖ 日本 😀",
                " leading and trailing "
            })
    void no_text_is_special_in_types_tags_and_payloads(String text) {
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        Event event =
                event(
                        text,
                        "{\"%s\": \"%s\"}".formatted(quoted, quoted),
                        new Tag(text),
                        Tag.of("key", text));
        expectSame(event);
        append(event("other", "{\"other\": \"other\"}", new Tag("other")));

        List<Query> each =
                List.of(
                        Query.matching().types(text).build(),
                        Query.matching().tags(new Tag(text), Tag.of("key", text)).build(),
                        Query.matching().allPayload(PayloadMatch.of(text, text)).build());
        for (Query query : each) {
            assertThat(positions(read(ReadRequest.of(query))))
                    .as(query.toString())
                    .containsExactly(1L);
            assertThat(appendIf(query, 0, event("blocked")))
                    .isInstanceOf(io.floodmark.store.AppendResult.Conflict.class);
        }
    }

    @Test
    void text_is_compared_exactly_not_by_case_or_length() {
        append(event("Noted", "{\"k\": \"v\"}", new Tag("tag")));

        List<Query> near =
                List.of(
                        Query.matching().types("noted").build(),
                        Query.matching().types("Note").build(),
                        Query.matching().tags(new Tag("tag ")).build(),
                        Query.matching().tags(new Tag("TAG")).build(),
                        Query.matching().anyPayload(PayloadMatch.of("K", "v")).build(),
                        Query.matching().anyPayload(PayloadMatch.of("k", "v ")).build(),
                        Query.matching().anyPayload(PayloadMatch.of("k", "")).build());
        for (Query query : near) {
            assertThat(read(ReadRequest.of(query))).as(query.toString()).isEmpty();
        }
    }
}
