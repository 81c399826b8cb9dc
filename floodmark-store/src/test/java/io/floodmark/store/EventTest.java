package io.floodmark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456789Z");
    private static final UUID ID = UUID.fromString("0190a0b0-0000-7000-8000-000000000001");

    private static TimeAndChance fixed(long randomBits) {
        return new TimeAndChance(Clock.fixed(NOON, ZoneOffset.UTC), () -> 0, () -> randomBits);
    }

    private static Event event(String type, Set<Tag> tags, Json payload, Json metadata) {
        return new Event(ID, type, tags, payload, metadata, NOON);
    }

    @Nested
    final class Validation {

        @ParameterizedTest
        @ValueSource(strings = {"[]", "null", "\"{}\"", "1", "true"})
        void payload_and_metadata_must_be_objects(String text) {
            Json json = Json.of(text);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> event("A", Set.of(), json, Json.EMPTY_OBJECT))
                    .withMessageContaining("payload of event type 'A'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> event("A", Set.of(), Json.EMPTY_OBJECT, json))
                    .withMessageContaining("metadata of event type 'A'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\nb", "a\u0000b", "\u007f", "\ud83d", "\ude00x"})
        void types_and_tags_are_printable_texts(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> Event.draft(text).build());
            assertThatIllegalArgumentException().isThrownBy(() -> new Tag(text));
        }

        @Test
        void lengths_are_limited() {
            assertThat(Event.draft("x".repeat(128)).build().type()).hasSize(128);
            assertThat(new Tag("x".repeat(256)).text()).hasSize(256);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Event.draft("x".repeat(129)).build())
                    .withMessageContaining("129 chars, the limit is 128");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Tag("x".repeat(257)))
                    .withMessageContaining("257 chars, the limit is 256");
        }

        @Test
        void number_of_tags_is_limited() {
            List<Tag> most = IntStream.range(0, 64).mapToObj(i -> new Tag("t" + i)).toList();
            EventDraft draft = Event.draft("A").tags(most);
            assertThat(draft.build().tags()).hasSize(64);

            draft.tag("one", "more");

            assertThatIllegalArgumentException()
                    .isThrownBy(draft::build)
                    .withMessageContaining("65 tags of an event, the limit is 64");
        }

        @Test
        void times_that_no_store_can_hold_are_refused() {
            EventDraft draft = Event.draft("A");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> draft.occurredAt(Instant.MAX).build());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> draft.occurredAt(Instant.MIN).build());
            assertThat(
                            draft.occurredAt(Instant.parse("9999-12-31T23:59:59.999999999Z"))
                                    .build()
                                    .occurredAt())
                    .isEqualTo("9999-12-31T23:59:59.999999Z");
        }

        @Test
        void a_recorded_event_has_a_position() {
            Event event = Event.draft("A").build();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RecordedEvent(Position.START, NOON, event));
            assertThat(new RecordedEvent(Position.of(1), NOON, event).recordedAt())
                    .isEqualTo("2026-05-01T12:00:00.123456Z");
        }

        @Test
        void positions_are_not_negative() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Position.of(-1))
                    .withMessageContaining("-1");
            assertThatIllegalArgumentException().isThrownBy(() -> Position.of(5).plus(-1));
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> Position.of(Long.MAX_VALUE).next());
        }
    }

    @Nested
    final class Drafts {

        @Test
        void unsaid_parts_get_the_usual_values() {
            Event event = Event.draft("A").from(fixed(-1)).build();

            assertThat(event.tags()).isEmpty();
            assertThat(event.payload()).isEqualTo(Json.EMPTY_OBJECT);
            assertThat(event.metadata()).isEqualTo(Json.EMPTY_OBJECT);
            assertThat(event.occurredAt()).isEqualTo("2026-05-01T12:00:00.123456Z");
            assertThat(EventIds.madeAt(event.id()))
                    .contains(Instant.parse("2026-05-01T12:00:00.123Z"));
        }

        @Test
        void said_parts_are_kept() {
            Event event =
                    Event.draft("A")
                            .id(ID)
                            .tag("Book", "1")
                            .tags(List.of(new Tag("all")))
                            .payload(Json.of("{\"a\":1}"))
                            .metadata(Json.of("{\"m\":1}"))
                            .occurredAt(Instant.EPOCH)
                            .build();

            assertThat(event)
                    .isEqualTo(
                            new Event(
                                    ID,
                                    "A",
                                    Set.of(new Tag("all"), Tag.of("Book", "1")),
                                    Json.of("{\"a\":1}"),
                                    Json.of("{\"m\":1}"),
                                    Instant.EPOCH));
        }

        @Test
        void each_build_makes_another_id() {
            EventDraft draft = Event.draft("A");

            assertThat(draft.build().id()).isNotEqualTo(draft.build().id());
            assertThat(Event.of("A", Json.EMPTY_OBJECT, new Tag("t")).tags())
                    .containsExactly(new Tag("t"));
        }
    }

    @Nested
    final class Tags {

        @Test
        void of_an_event_are_a_copy_in_order() {
            var given = new HashSet<>(Set.of(new Tag("c"), new Tag("a"), new Tag("b")));
            Event event = event("A", given, Json.EMPTY_OBJECT, Json.EMPTY_OBJECT);

            given.clear();

            assertThat(event.tags()).containsExactly(new Tag("a"), new Tag("b"), new Tag("c"));
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> event.tags().clear());
        }

        @Test
        void have_one_reading_of_key_and_value() {
            assertThat(Tag.of("a", "b=c").text()).isEqualTo("a=b=c");
            assertThat(Tag.of("a", "b=c").value("a")).contains("b=c");
            assertThat(Tag.of("a", "").value("a")).contains("");
            assertThat(Tag.of("ab", "c").value("a")).isEmpty();
            assertThat(new Tag("a").value("a")).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> Tag.of("a=b", "c"));
            assertThatIllegalArgumentException().isThrownBy(() -> Tag.of("", "c"));
        }

        @Test
        void hash_to_the_start_of_their_sha_256() {
            assertThat(new Tag("abc").stableHash()).isEqualTo(0xba7816bf8f01cfeaL);
        }
    }

    @Nested
    final class Ids {

        @Test
        void have_version_variant_time_and_chance_in_their_places() {
            assertThat(EventIds.next(fixed(0))).hasToString("019de368-f67b-7000-8000-000000000000");
            assertThat(EventIds.next(fixed(-1)))
                    .hasToString("019de368-f67b-7fff-bfff-ffffffffffff");
        }

        @Test
        void of_other_versions_tell_no_time() {
            assertThat(EventIds.madeAt(new UUID(0, 0))).isEmpty();
            assertThat(EventIds.madeAt(UUID.nameUUIDFromBytes(new byte[] {1}))).isEmpty();
            assertThat(EventIds.madeAt(new UUID(0x7000, 0))).isEmpty();
        }

        @Test
        void of_one_moment_differ() {
            var ids = new ArrayList<UUID>();
            TimeAndChance still =
                    TimeAndChance.system().withClock(Clock.fixed(NOON, ZoneOffset.UTC));

            Collections.addAll(ids, EventIds.next(still), EventIds.next(still));

            assertThat(ids).doesNotHaveDuplicates();
        }
    }
}
