package io.floodmark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {

    private static final Tag BOOK_1 = Tag.of("Book", "1");
    private static final Tag READER_1 = Tag.of("Reader", "1");
    private static final PayloadMatch A1 = PayloadMatch.of("a", "1");
    private static final PayloadMatch B2 = PayloadMatch.of("b", "2");

    private static Event event(String type, String payload, Tag... tags) {
        return Event.of(type, Json.of(payload), tags);
    }

    private static Set<String> inOrder(String... texts) {
        return new LinkedHashSet<>(Arrays.asList(texts));
    }

    @Nested
    final class Matching {

        private final Event lent =
                event("Lent", "{\"a\":\"1\",\"b\":\"3\",\"n\":1}", BOOK_1, READER_1);

        @Test
        void all_matches_every_event() {
            assertThat(Query.all().matches(lent)).isTrue();
            assertThat(Query.all().isAll()).isTrue();
            assertThat(Query.all().items()).isEmpty();
        }

        @Test
        void any_of_the_types_will_do() {
            assertThat(Query.matching().types("Lent").build().matches(lent)).isTrue();
            assertThat(Query.matching().types("Sold", "Lent").build().matches(lent)).isTrue();
            assertThat(Query.matching().types("Sold", "lent").build().matches(lent)).isFalse();
        }

        @Test
        void all_of_the_tags_are_needed() {
            Tag other = Tag.of("Book", "2");

            assertThat(Query.matching().tags(BOOK_1).build().matches(lent)).isTrue();
            assertThat(Query.matching().tags(BOOK_1, READER_1).build().matches(lent)).isTrue();
            assertThat(Query.matching().tags(BOOK_1, other).build().matches(lent)).isFalse();
            assertThat(Query.matching().tags(new Tag("Book")).build().matches(lent)).isFalse();
        }

        @Test
        void payload_may_ask_for_any_or_for_all() {
            assertThat(Query.matching().anyPayload(A1, B2).build().matches(lent)).isTrue();
            assertThat(Query.matching().allPayload(A1, B2).build().matches(lent)).isFalse();
            assertThat(Query.matching().allPayload(A1).build().matches(lent)).isTrue();
            assertThat(Query.matching().anyPayload(B2).build().matches(lent)).isFalse();
        }

        @Test
        void only_strings_match_a_payload() {
            assertThat(Query.matching().anyPayload(PayloadMatch.of("n", "1")).build().matches(lent))
                    .isFalse();
        }

        @Test
        void all_parts_of_an_item_are_needed() {
            var item = Query.matching().types("Lent").tags(BOOK_1);

            assertThat(item.allPayload(A1).build().matches(lent)).isTrue();
            assertThat(item.allPayload(B2).build().matches(lent)).isFalse();
            assertThat(
                            Query.matching()
                                    .types("Sold")
                                    .tags(BOOK_1)
                                    .allPayload(A1)
                                    .build()
                                    .matches(lent))
                    .isFalse();
        }

        @Test
        void one_of_the_items_is_enough() {
            assertThat(Query.matching().types("Sold").or().tags(BOOK_1).build().matches(lent))
                    .isTrue();
            assertThat(Query.matching().types("Sold").or().types("Lost").build().matches(lent))
                    .isFalse();
        }

        @Test
        void parts_of_different_items_do_not_add_up() {
            Query query =
                    Query.matching()
                            .types("Lent")
                            .tags(Tag.of("Book", "2"))
                            .or()
                            .types("Sold")
                            .tags(BOOK_1)
                            .build();

            assertThat(query.matches(lent)).isFalse();
        }
    }

    @Nested
    final class Sanitising {

        @Test
        void types_are_sorted_and_without_duplicates_and_empty_ones() {
            QueryItem item =
                    new QueryItem(inOrder("B", "", "A"), Set.of(), PayloadPredicate.none());

            assertThat(item.types()).containsExactly("A", "B");
            assertThat(Query.matching().types("B", "", "A", "B").build().items())
                    .containsExactly(item);
        }

        @Test
        void only_empty_types_are_not_taken_for_any_type() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Query.matching().types("", "").tags(BOOK_1).build())
                    .withMessageContaining("empty types");
        }

        @Test
        void tags_and_matches_are_sorted_and_without_duplicates() {
            Query query =
                    Query.matching().tags(READER_1, BOOK_1, BOOK_1).anyPayload(B2, A1, B2).build();

            QueryItem item = query.items().getFirst();
            assertThat(item.tags()).containsExactly(BOOK_1, READER_1);
            assertThat(((PayloadPredicate.AnyOf) item.payload()).matches()).containsExactly(A1, B2);
        }

        @Test
        void items_are_sorted_and_without_duplicates() {
            Query query =
                    Query.of(
                            QueryItem.ofTypes("B"),
                            QueryItem.ofTypes("A"),
                            QueryItem.ofTypes("B", "B".repeat(1)));

            assertThat(query.items())
                    .containsExactly(QueryItem.ofTypes("A"), QueryItem.ofTypes("B"));
        }

        @Test
        void later_changes_of_what_was_given_have_no_effect() {
            var types = new HashSet<>(Set.of("A"));
            QueryItem item = new QueryItem(types, Set.of(), PayloadPredicate.none());

            types.add("B");

            assertThat(item.types()).containsExactly("A");
        }
    }

    @Nested
    final class Refusals {

        @Test
        void no_items_are_not_all_events() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Query(List.of()))
                    .withMessageContaining("Query.all()");
        }

        @Test
        void an_item_asks_something() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new QueryItem(Set.of(), Set.of(), PayloadPredicate.none()))
                    .withMessageContaining("Query.all()");
        }

        @Test
        void empty_payload_predicates_are_none() {
            assertThatIllegalArgumentException().isThrownBy(PayloadPredicate::anyOf);
            assertThatIllegalArgumentException().isThrownBy(PayloadPredicate::allOf);
        }

        @Test
        void counts_are_limited() {
            String[] types = IntStream.range(0, 257).mapToObj(i -> "T" + i).toArray(String[]::new);
            Tag[] tags = IntStream.range(0, 65).mapToObj(i -> new Tag("t" + i)).toArray(Tag[]::new);
            List<QueryItem> items = Stream.of(types).limit(65).map(QueryItem::ofTypes).toList();
            PayloadMatch[] matches =
                    IntStream.range(0, 65)
                            .mapToObj(i -> PayloadMatch.of("k" + i, "v"))
                            .toArray(PayloadMatch[]::new);

            assertThat(QueryItem.ofTypes(Arrays.copyOf(types, 256)).types()).hasSize(256);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> QueryItem.ofTypes(types))
                    .withMessageContaining("257 types of a query item, the limit is 256");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> QueryItem.ofTags(tags))
                    .withMessageContaining("65 tags");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Query(items))
                    .withMessageContaining("65 items");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PayloadPredicate.anyOf(matches))
                    .withMessageContaining("65 payload matches");
        }

        @Test
        void payload_matches_have_a_key_and_texts_that_stores_can_hold() {
            assertThat(PayloadMatch.of("k", "").value()).isEmpty();
            assertThat(PayloadMatch.of("k", "a\nb").value()).hasSize(3);
            assertThatIllegalArgumentException().isThrownBy(() -> PayloadMatch.of("", "v"));
            assertThatIllegalArgumentException().isThrownBy(() -> PayloadMatch.of("k", "\u0000"));
            assertThatIllegalArgumentException().isThrownBy(() -> PayloadMatch.of("k", "\udc00"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PayloadMatch.of("k", "v".repeat(1_025)))
                    .withMessageContaining("1024");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "abc", "ABCDEF"})
        void a_hash_is_a_sha_256(String hex) {
            assertThatIllegalArgumentException().isThrownBy(() -> new QueryHash(hex));
        }
    }

    @Nested
    final class Hashing {

        @Test
        void stays_the_same_between_releases() {
            assertThat(Query.all().text()).isEqualTo("{\"all\":true}");
            assertThat(
                            Query.matching()
                                    .types("B", "A")
                                    .tags(BOOK_1)
                                    .anyPayload(A1)
                                    .or()
                                    .allPayload(B2, A1)
                                    .build()
                                    .text())
                    .isEqualTo(
                            """
                            {"items":[{"all":[["a","1"],["b","2"]]},\
                            {"types":["A","B"],"tags":["Book=1"],"any":[["a","1"]]}]}\
                            """);
            assertThat(Query.matching().types("A").build().hash())
                    .hasToString(
                            "a257b5d40e8137148d15aaa32ea53510246d699d295befba0093a3c3e01ed82c");
        }

        @Test
        void does_not_depend_on_order_or_repetition() {
            Query one =
                    Query.matching()
                            .types("A", "B")
                            .tags(BOOK_1, READER_1)
                            .anyPayload(A1, B2)
                            .or()
                            .types("C")
                            .build();
            Query other =
                    Query.matching()
                            .types("C", "C")
                            .or()
                            .anyPayload(B2, A1, A1)
                            .tags(READER_1, BOOK_1)
                            .types("B", "A")
                            .or()
                            .types("C")
                            .build();

            assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
            assertThat(other.hash()).isEqualTo(one.hash());
        }

        static List<Query> different() {
            return List.of(
                    Query.all(),
                    Query.matching().types("A").build(),
                    Query.matching().types("B").build(),
                    Query.matching().types("A", "B").build(),
                    Query.matching().types("A").or().types("B").build(),
                    Query.matching().types("A,B").build(),
                    Query.matching().types("A\",\"B").build(),
                    Query.matching().types("A\\\",\\\"B").build(),
                    Query.matching().types("A\"],\"tags\":[\"B").build(),
                    Query.matching().types("A").tags(new Tag("B")).build(),
                    Query.matching().tags(new Tag("A")).build(),
                    Query.matching().tags(new Tag("A"), new Tag("B")).build(),
                    Query.matching().anyPayload(A1).build(),
                    Query.matching().allPayload(A1).build(),
                    Query.matching().anyPayload(A1, B2).build(),
                    Query.matching().allPayload(A1, B2).build(),
                    Query.matching().anyPayload(PayloadMatch.of("a", "1\",\"b\",\"2")).build(),
                    Query.matching().anyPayload(PayloadMatch.of("a", "b")).build(),
                    Query.matching().anyPayload(PayloadMatch.of("b", "a")).build(),
                    Query.matching().anyPayload(PayloadMatch.of("a", "\n")).build(),
                    Query.matching().anyPayload(PayloadMatch.of("a", "\\n")).build(),
                    Query.matching().anyPayload(PayloadMatch.of("a", "\\u000a")).build());
        }

        @Test
        void tells_different_queries_apart() {
            assertThat(different()).doesNotHaveDuplicates();
            assertThat(different().stream().map(Query::hash)).doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @MethodSource("different")
        void rests_on_a_text_that_is_json(Query query) {
            assertThat(Json.of(query.text()).isObject()).isTrue();
        }

        @ParameterizedTest
        @MethodSource("different")
        void rests_on_a_text_that_can_be_read_back(Query query) {
            assertThat(Query.parse(query.text())).isEqualTo(query);
            assertThat(Query.parse(query.text()).items()).isEqualTo(query.items());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "{\"all\":true} ",
                    "{\"all\":false}",
                    "{\"items\":[]}",
                    "{\"items\":[{}]}",
                    "{\"items\":[{\"types\":[]}]}",
                    "{\"items\":[{\"types\":[\"A\"]}]",
                    "{\"items\":[{\"types\":[\"A\"]}]}}",
                    "{\"items\":[{\"types\":[\"A",
                    "{\"items\":[{\"types\":[\"A\\u00",
                    "{\"items\":[{\"types\":[\"B\",\"A\"]}]}",
                    "{\"items\":[{\"types\":[\"A\",\"A\"]}]}",
                    "{\"items\":[{\"types\":[ \"A\"]}]}",
                    "{\"items\":[{\"types\":[\"\\A\"]}]}",
                    "{\"items\":[{\"types\":[\"\\u0041\"]}]}",
                    "{\"items\":[{\"tags\":[\"t\"],\"types\":[\"A\"]}]}",
                    "{\"items\":[{\"types\":[\"A\"],\"types\":[\"A\"]}]}",
                    "{\"items\":[{\"types\":[\"A\"]},{\"types\":[\"A\"]}]}",
                    "{\"items\":[{\"any\":[[\"k\"]]}]}",
                    "{\"items\":[{\"some\":[[\"k\",\"v\"]]}]}"
                })
        void has_no_second_spelling(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> Query.parse(text));
        }
    }

    @Nested
    final class Requests {

        private final Query query = Query.matching().types("A").build();
        private final Instant early = Instant.parse("2026-01-01T00:00:00Z");
        private final Instant late = Instant.parse("2026-01-02T00:00:00Z");

        private RecordedEvent at(Instant occurred) {
            Event event = Event.draft("A").occurredAt(occurred).build();
            return new RecordedEvent(Position.of(7), Instant.EPOCH, event);
        }

        @Test
        void are_strong_and_whole_until_said_otherwise() {
            assertThat(ReadRequest.of(query))
                    .isEqualTo(query.everything())
                    .isEqualTo(
                            new ReadRequest(query, ReadBounds.everything(), Consistency.strong()));
        }

        @Test
        void can_be_changed_in_copies() {
            ReadRequest request = query.after(Position.of(3)).eventual();

            assertThat(request.consistency()).isEqualTo(new Consistency.Eventual());
            assertThat(request.after(Position.of(5)).bounds())
                    .isEqualTo(new ReadBounds.After(Position.of(5)));
            assertThat(request.atLeast(Position.of(9)).consistency())
                    .isEqualTo(new Consistency.AtLeast(Position.of(9)));
            assertThat(request.strong().consistency()).isEqualTo(new Consistency.Strong());
            assertThat(request.bounds()).isEqualTo(new ReadBounds.After(Position.of(3)));
        }

        @Test
        void bounded_by_time_take_no_position() {
            ReadRequest request = Query.matching().types("A").occurredFrom(early).request();

            assertThatIllegalStateException()
                    .isThrownBy(() -> request.after(Position.of(1)))
                    .withMessageContaining("bounded by time");
        }

        @Test
        void time_spans_include_both_ends() {
            ReadBounds span = ReadBounds.occurredBetween(early, late);

            assertThat(span.include(at(early))).isTrue();
            assertThat(span.include(at(late))).isTrue();
            assertThat(span.include(at(early.minusNanos(1_000)))).isFalse();
            assertThat(span.include(at(late.plusNanos(1_000)))).isFalse();
            assertThat(ReadBounds.occurredFrom(early).include(at(late))).isTrue();
            assertThat(ReadBounds.occurredUntil(late).include(at(early))).isTrue();
            assertThat(ReadBounds.occurredFrom(late).include(at(early))).isFalse();
            assertThat(ReadBounds.occurredUntil(early).include(at(late))).isFalse();
        }

        @Test
        void time_spans_and_events_are_cut_alike() {
            Instant fine = early.plusNanos(1_999);

            assertThat(ReadBounds.occurredBetween(fine, fine).include(at(fine))).isTrue();
        }

        @Test
        void time_spans_have_an_end_and_a_direction() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ReadBounds.Occurred(Optional.empty(), Optional.empty()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReadBounds.occurredBetween(late, early))
                    .withMessageContaining("swap");
            assertThat(ReadBounds.occurredBetween(late, late).include(at(late))).isTrue();
        }

        @Test
        void positions_are_left_out_themselves() {
            RecordedEvent seventh = at(early);

            assertThat(query.after(Position.of(6)).covers(seventh)).isTrue();
            assertThat(query.after(Position.of(7)).covers(seventh)).isFalse();
            assertThat(query.everything().covers(seventh)).isTrue();
            assertThat(Query.matching().types("B").build().everything().covers(seventh)).isFalse();
        }
    }
}
