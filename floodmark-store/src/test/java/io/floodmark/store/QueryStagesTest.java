package io.floodmark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class QueryStagesTest {

    private static final Tag TAG = Tag.of("Book", "1");
    private static final PayloadMatch P = PayloadMatch.of("a", "1");
    private static final PayloadMatch Q = PayloadMatch.of("b", "2");
    private static final PayloadPredicate NONE = PayloadPredicate.none();
    private static final PayloadPredicate ANY = PayloadPredicate.anyOf(P, Q);
    private static final PayloadPredicate ALL = PayloadPredicate.allOf(P, Q);
    private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-01-02T00:00:00Z");
    private static final Position SEVEN = Position.of(7);

    private static QueryStages.Start start() {
        return Query.matching();
    }

    private static QueryItem item(Set<String> types, Set<Tag> tags, PayloadPredicate payload) {
        return new QueryItem(types, tags, payload);
    }

    static Stream<Arguments> items() {
        Set<String> a = Set.of("A");
        Set<Tag> tag = Set.of(TAG);
        return Stream.of(
                arguments(start().types("A"), item(a, Set.of(), NONE)),
                arguments(start().types("A", "B"), item(Set.of("A", "B"), Set.of(), NONE)),
                arguments(start().tags(TAG), item(Set.of(), tag, NONE)),
                arguments(start().anyPayload(P, Q), item(Set.of(), Set.of(), ANY)),
                arguments(start().allPayload(P, Q), item(Set.of(), Set.of(), ALL)),
                arguments(start().types("A").tags(TAG), item(a, tag, NONE)),
                arguments(start().tags(TAG).types("A"), item(a, tag, NONE)),
                arguments(start().types("A").anyPayload(P, Q), item(a, Set.of(), ANY)),
                arguments(start().types("A").allPayload(P, Q), item(a, Set.of(), ALL)),
                arguments(start().anyPayload(P, Q).types("A"), item(a, Set.of(), ANY)),
                arguments(start().allPayload(P, Q).types("A"), item(a, Set.of(), ALL)),
                arguments(start().tags(TAG).anyPayload(P, Q), item(Set.of(), tag, ANY)),
                arguments(start().tags(TAG).allPayload(P, Q), item(Set.of(), tag, ALL)),
                arguments(start().anyPayload(P, Q).tags(TAG), item(Set.of(), tag, ANY)),
                arguments(start().types("A").tags(TAG).anyPayload(P, Q), item(a, tag, ANY)),
                arguments(start().types("A").tags(TAG).allPayload(P, Q), item(a, tag, ALL)),
                arguments(start().types("A").allPayload(P, Q).tags(TAG), item(a, tag, ALL)),
                arguments(start().tags(TAG).types("A").anyPayload(P, Q), item(a, tag, ANY)),
                arguments(start().tags(TAG).anyPayload(P, Q).types("A"), item(a, tag, ANY)),
                arguments(start().allPayload(P, Q).tags(TAG).types("A"), item(a, tag, ALL)));
    }

    @ParameterizedTest
    @MethodSource("items")
    void an_item_says_its_parts_in_any_order(QueryStages.Item stage, QueryItem expected) {
        assertThat(stage.build().items()).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("items")
    void each_item_may_be_bounded_in_each_way(QueryStages.Item stage, QueryItem expected) {
        Query query = Query.of(expected);

        assertThat(stage.after(SEVEN).request()).isEqualTo(query.after(SEVEN));
        assertThat(stage.occurredFrom(EARLY).request())
                .isEqualTo(timed(query, ReadBounds.occurredFrom(EARLY)));
        assertThat(stage.occurredUntil(LATE).request())
                .isEqualTo(timed(query, ReadBounds.occurredUntil(LATE)));
        assertThat(stage.occurredFrom(EARLY).occurredUntil(LATE).request())
                .isEqualTo(timed(query, ReadBounds.occurredBetween(EARLY, LATE)));
    }

    @ParameterizedTest
    @MethodSource("items")
    void each_item_may_be_followed_by_others(QueryStages.Item stage, QueryItem expected) {
        Query two = stage.or().types("Z").build();
        Query three = stage.or().types("Z").or().tags(new Tag("z")).anyPayload(P).build();

        QueryItem second = QueryItem.ofTypes("Z");
        QueryItem third = item(Set.of(), Set.of(new Tag("z")), PayloadPredicate.anyOf(P));
        assertThat(two.items()).containsExactlyInAnyOrder(expected, second);
        assertThat(three.items()).containsExactlyInAnyOrder(expected, second, third);
    }

    private static ReadRequest timed(Query query, ReadBounds bounds) {
        return new ReadRequest(query, bounds, Consistency.strong());
    }

    @Test
    void several_items_may_be_bounded() {
        var items = start().types("A").or().tags(TAG).or().allPayload(P);
        Query query = items.build();

        assertThat(query.items()).hasSize(3);
        assertThat(items.after(SEVEN).request()).isEqualTo(query.after(SEVEN));
        assertThat(items.occurredFrom(EARLY).request().query()).isEqualTo(query);
    }

    @Test
    void bounds_may_stand_alone() {
        assertThat(start().anyEvent().build()).isEqualTo(Query.all());
        assertThat(start().anyEvent().after(SEVEN).request()).isEqualTo(Query.all().after(SEVEN));
        assertThat(start().anyEvent().occurredFrom(EARLY).occurredUntil(LATE).request())
                .isEqualTo(timed(Query.all(), ReadBounds.occurredBetween(EARLY, LATE)));
        assertThat(start().anyEvent().occurredUntil(LATE).request())
                .isEqualTo(timed(Query.all(), ReadBounds.occurredUntil(LATE)));
    }

    @Test
    void positions_of_zero_and_of_any_size_are_kept() {
        for (Position position :
                List.of(Position.START, Position.of(1), Position.of(Long.MAX_VALUE))) {
            assertThat(start().types("A").after(position).request().bounds())
                    .isEqualTo(new ReadBounds.After(position));
        }
    }

    @Test
    void one_step_may_be_continued_twice() {
        var step = start().types("A");

        Query one = step.tags(TAG).build();
        Query other = step.anyPayload(P).build();

        assertThat(one.items()).containsExactly(item(Set.of("A"), Set.of(TAG), NONE));
        assertThat(other.items())
                .containsExactly(item(Set.of("A"), Set.of(), PayloadPredicate.anyOf(P)));
        assertThat(step.build().items()).containsExactly(QueryItem.ofTypes("A"));
    }

    @Test
    void a_query_is_reopened_behind_a_snapshot_without_changing_its_hash() {
        Query query = start().types("A").or().tags(TAG).build();

        ReadRequest catchUp = query.after(SEVEN);
        ReadRequest later = catchUp.after(Position.of(9));

        assertThat(catchUp.query().hash()).isEqualTo(query.hash());
        assertThat(later).isEqualTo(query.after(Position.of(9)));
    }

    @Test
    void names_of_one_char_are_names() {
        assertThat(start().types("x").tags(new Tag("y")).allPayload(PayloadMatch.of("k", "v")))
                .satisfies(stage -> assertThat(stage.build().items()).hasSize(1));
    }
}
