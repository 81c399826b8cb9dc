package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendLimits;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.PayloadMatch;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// What an append does, with and without a condition, as dcb.events says it.
public abstract class AppendContract extends StoreContract {

    @Test
    void the_first_append_under_a_condition_succeeds() {
        assertThat(appendIf(ofBook(1), 0, event("bought", book(1)))).isEqualTo(appended(1, 1));
        assertThat(log()).hasSize(1);
    }

    @Test
    void an_append_succeeds_when_its_after_is_the_last_matching_event() {
        append(event("bought", book(1)), event("lent", book(1)), event("bought", book(2)));

        assertThat(appendIf(ofBook(1), 2, event("returned", book(1)))).isEqualTo(appended(4, 4));
    }

    @Test
    void an_append_is_rejected_when_a_matching_event_came_after_the_decision() {
        append(event("bought", book(1)));
        Event between = event("lent", book(1));
        append(between);

        assertThat(appendIf(ofBook(1), 1, event("lent", book(1))))
                .isInstanceOfSatisfying(
                        AppendResult.Conflict.class,
                        conflict -> {
                            assertThat(conflict.blocking().event()).isEqualTo(between);
                            assertThat(conflict.blocking().position()).isEqualTo(at(2));
                        });
    }

    @Test
    void a_rejected_append_leaves_nothing_and_uses_no_position() {
        append(event("bought", book(1)));

        appendIf(ofBook(1), 0, event("lost", book(1)), event("lost", book(1)));

        assertThat(log()).hasSize(1);
        assertThat(append(event("bought", book(2)))).isEqualTo(appended(2, 2));
    }

    @Test
    void a_conflict_reports_the_first_event_that_blocks() {
        append(event("bought", book(2)), event("bought", book(1)));
        append(event("lent", book(1)), event("returned", book(1)));
        append(event("removed", book(1)));

        assertThat(appendIf(ofBook(1), 2, event("lent", book(1))))
                .isInstanceOfSatisfying(
                        AppendResult.Conflict.class,
                        conflict -> assertThat(conflict.blocking()).isEqualTo(log().get(2)));
    }

    @Test
    void a_condition_from_the_start_finds_a_match_under_many_later_events() {
        append(event("bought", book(2)), event("bought", book(1)));
        appendAll(events(3_000, "noise", book(3)));

        assertThat(appendIf(ofBook(1), 0, event("bought", book(1))))
                .isInstanceOfSatisfying(
                        AppendResult.Conflict.class,
                        conflict -> assertThat(conflict.blocking().position()).isEqualTo(at(2)));
        assertThat(appendIf(ofBook(1), 2, event("lent", book(1))))
                .isEqualTo(appended(3_003, 3_003));
    }

    @Test
    void events_of_another_boundary_do_not_block() {
        append(event("bought", book(1)));
        append(event("bought", book(2)), event("lent", book(12)));

        assertThat(appendIf(ofBook(1), 1, event("lent", book(1)))).isEqualTo(appended(4, 4));
    }

    @Test
    void after_may_be_the_head_although_the_last_match_lies_below() {
        append(event("bought", book(1)));
        append(event("bought", book(2)), event("bought", book(3)));

        assertThat(appendIf(ofBook(1), 3, event("lent", book(1)))).isEqualTo(appended(4, 4));
    }

    @Test
    void after_may_lie_between_the_last_match_and_the_head() {
        append(event("bought", book(1)));
        append(event("bought", book(2)), event("bought", book(3)));

        assertThat(appendIf(ofBook(1), 2, event("lent", book(1)))).isEqualTo(appended(4, 4));
    }

    @Test
    void after_beyond_the_head_means_that_nothing_came_after_it_yet() {
        append(event("bought", book(1)));

        assertThat(appendIf(ofBook(1), 1_000_000, event("lent", book(1))))
                .isEqualTo(appended(2, 2));
    }

    @Test
    void an_append_is_not_blocked_by_its_own_events() {
        assertThat(appendIf(ofBook(1), 0, event("bought", book(1)), event("lent", book(1))))
                .isEqualTo(appended(1, 2));
    }

    @Test
    void an_append_without_a_condition_always_succeeds() {
        append(event("bought", book(1)));

        assertThat(append(event("bought", book(1)))).isEqualTo(appended(2, 2));
    }

    @Test
    void a_condition_on_every_event_fails_after_any_append() {
        assertThat(appendIf(Query.all(), 0, event("a"))).isEqualTo(appended(1, 1));
        assertThat(appendIf(Query.all(), 1, event("b"))).isEqualTo(appended(2, 2));
        assertThat(appendIf(Query.all(), 1, event("c"))).isInstanceOf(AppendResult.Conflict.class);
    }

    @Test
    void several_events_are_stored_next_to_each_other_in_their_order() {
        append(event("first"));
        Event a = event("a", book(1));
        Event b = event("b", book(1));
        Event c = event("c", book(1));

        assertThat(appendIf(ofBook(1), 0, a, b, c)).isEqualTo(appended(2, 4));
        assertThat(log()).extracting(RecordedEvent::event).endsWith(a, b, c);
    }

    @Test
    void several_events_are_rejected_together() {
        append(event("bought", book(1)));

        assertThat(appendIf(ofBook(1), 0, events(5, "lent", book(1)).toArray(Event[]::new)))
                .isInstanceOf(AppendResult.Conflict.class);
        assertThat(log()).hasSize(1);
    }

    @Test
    void an_append_of_no_events_changes_nothing_whatever_its_condition() {
        append(event("bought", book(1)));

        assertThat(append()).isEqualTo(new AppendResult.NothingToAppend());
        assertThat(appendIf(ofBook(1), 0)).isEqualTo(new AppendResult.NothingToAppend());
        assertThat(log()).hasSize(1);
    }

    @Test
    void positions_begin_at_1_and_have_no_gaps() {
        for (int i = 0; i < 20; i++) {
            append(events(1 + i % 3, "noise", book(i)).toArray(Event[]::new));
            appendIf(Query.all(), 0, event("rejected"));
        }

        assertThat(positions(log())).isEqualTo(positionsUpTo(39));
    }

    @Test
    void a_condition_on_types_ignores_other_types() {
        append(event("bought", book(1)), event("noted", book(1)));
        Query bought = Query.matching().types("bought", "removed").tags(book(1)).build();

        assertThat(appendIf(bought, 1, event("lent", book(1)))).isEqualTo(appended(3, 3));
        assertThat(appendIf(bought, 0, event("lent", book(1))))
                .isInstanceOf(AppendResult.Conflict.class);
    }

    @Test
    void a_condition_on_several_tags_needs_all_of_them_on_one_event() {
        Tag reader = Tag.of("reader", "a");
        append(event("bought", book(1)), event("joined", reader));
        Query both = Query.matching().tags(book(1), reader).build();

        assertThat(appendIf(both, 0, event("lent", book(1), reader))).isEqualTo(appended(3, 3));
        assertThat(appendIf(both, 0, event("lent", book(1), reader)))
                .isInstanceOf(AppendResult.Conflict.class);
    }

    @Test
    void a_condition_on_the_payload_compares_exactly() {
        append(event("noted", "{\"id\": 1, \"other\": \"1\"}"), event("noted", "{\"id\": \"10\"}"));
        Query one = Query.matching().anyPayload(PayloadMatch.of("id", "1")).build();

        assertThat(appendIf(one, 0, event("noted", "{\"id\": \"1\"}"))).isEqualTo(appended(3, 3));
        assertThat(appendIf(one, 0, event("noted", "{\"id\": \"1\"}")))
                .isInstanceOfSatisfying(
                        AppendResult.Conflict.class,
                        conflict -> assertThat(conflict.blocking().position()).isEqualTo(at(3)));
    }

    @Test
    void a_condition_of_several_items_is_blocked_by_any_of_them() {
        Query either = Query.matching().tags(book(1)).or().types("closed").build();
        append(event("bought", book(2)));

        assertThat(appendIf(either, 0, event("noted", book(2)))).isEqualTo(appended(2, 2));
        append(event("closed"));
        assertThat(appendIf(either, 2, event("noted", book(2))))
                .isInstanceOf(AppendResult.Conflict.class);
    }

    @Test
    void the_end_of_a_read_is_the_right_after_for_the_append_that_follows() {
        append(event("bought", book(1)), event("bought", book(2)));
        Position after;
        try (var stream = store().read(ReadRequest.of(ofBook(1)), SOON)) {
            after = stream.readUpTo();
        }

        assertThat(appendIf(ofBook(1), after.value(), event("lent", book(1))))
                .isEqualTo(appended(3, 3));
        assertThat(appendIf(ofBook(1), after.value(), event("lent", book(1))))
                .isInstanceOf(AppendResult.Conflict.class);
    }

    @Test
    void as_many_events_as_the_limit_are_appended_and_one_more_is_the_callers_mistake() {
        List<Event> most = events(AppendLimits.MAX_EVENTS, "many");
        assertThat(store().append(most, AppendCondition.none(), SOON))
                .isEqualTo(appended(1, AppendLimits.MAX_EVENTS));

        List<Event> more = events(AppendLimits.MAX_EVENTS + 1, "many");
        assertThatThrownBy(() -> store().append(more, AppendCondition.none(), SOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(AppendLimits.MAX_EVENTS));
        assertThat(store().head(io.floodmark.store.Consistency.strong()))
                .isEqualTo(at(AppendLimits.MAX_EVENTS));
    }

    /// The strengthened form of "10 workers append 100 times": that as many events are stored as
    /// were accepted holds for double winners too; that no two won with the same expectation, not.
    @Test
    void ten_workers_on_one_boundary_never_win_twice_with_the_same_expectation() throws Exception {
        List<Callable<List<Long>>> workers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int events = 1 + i % 3;
            workers.add(() -> expectationsThatWon(events));
        }
        List<Long> won = atTheSameTime(workers).stream().flatMap(List::stream).toList();

        assertThat(won).isNotEmpty().doesNotHaveDuplicates();
        List<RecordedEvent> log = log();
        assertThat(positions(log)).isEqualTo(positionsUpTo(log.size()));
        assertThat(log.stream().filter(it -> it.event().type().equals("0"))).hasSize(won.size());
    }

    private List<Long> expectationsThatWon(int events) {
        List<Long> won = new ArrayList<>();
        long after = 0;
        for (int attempt = 0; attempt < 100; attempt++) {
            Event[] batch = new Event[events];
            for (int i = 0; i < events; i++) {
                batch[i] = event(Integer.toString(i), book(1));
            }
            switch (appendIf(ofBook(1), after, batch)) {
                case AppendResult.Appended appended -> {
                    won.add(after);
                    after = appended.last().value();
                }
                case AppendResult.Conflict _ -> {
                    try (var stream = store().read(ReadRequest.of(ofBook(1)), SOON)) {
                        after = stream.readUpTo().value();
                    }
                }
                case AppendResult.NothingToAppend _ -> throw new AssertionError("events given");
            }
        }
        return won;
    }
}
