package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.Event;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An append that is sent again is stored once, and an id belongs to one event.
public abstract class IdempotencyContract extends StoreContract {

    @Test
    void a_repeated_append_gets_its_first_positions_and_stores_nothing() {
        Event[] events = events(3, "bought", book(1)).toArray(Event[]::new);
        append(event("before"));
        append(events);
        append(event("between"));

        assertThat(append(events)).isEqualTo(appended(2, 4));
        assertThat(log()).hasSize(5);
    }

    @Test
    void a_repeated_append_is_not_blocked_by_what_it_did_itself() {
        Event bought = event("bought", book(1));
        appendIf(ofBook(1), 0, bought);
        append(event("lent", book(1)));

        assertThat(appendIf(ofBook(1), 0, bought)).isEqualTo(appended(1, 1));
    }

    @Test
    void a_rejected_append_may_be_sent_again_with_the_same_ids_when_its_condition_holds() {
        append(event("bought", book(1)));
        Event lent = event("lent", book(1));
        appendIf(ofBook(1), 0, lent);

        assertThat(appendIf(ofBook(1), 1, lent)).isEqualTo(appended(2, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01890a5d-ac96-774b-bcce-b302099a8057",
                "2f1d7b1e-5c1a-4d0f-9d0a-0f4c1f6f2a11",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff"
            })
    void old_and_foreign_ids_are_recognised_under_many_later_events(String id) {
        Event old = Event.draft("bought").id(UUID.fromString(id)).build();
        append(old);
        appendAll(events(3_000, "noise"));

        assertThat(append(old)).isEqualTo(appended(1, 1));
        assertThatThrownBy(() -> append(event("new"), old))
                .isInstanceOfSatisfying(
                        DuplicateEventId.class, e -> assertThat(e.id()).isEqualTo(old.id()));
    }

    @Test
    void a_repetition_is_recognised_by_another_instance() {
        Event[] events = events(2, "bought", book(1)).toArray(Event[]::new);
        append(events);

        assertThat(secondInstance().append(List.of(events), AppendCondition.none(), SOON))
                .isEqualTo(appended(1, 2));
    }

    @Test
    void an_append_of_which_only_a_part_is_stored_is_refused_with_the_first_taken_id() {
        Event stored = event("bought");
        append(stored);
        Event fresh = event("lent");

        assertThatThrownBy(() -> append(fresh, stored))
                .isInstanceOfSatisfying(
                        DuplicateEventId.class, e -> assertThat(e.id()).isEqualTo(stored.id()));
        assertThat(log()).hasSize(1);
        assertThat(append(fresh)).isEqualTo(appended(2, 2));
    }

    @Test
    void stored_events_in_another_order_are_refused() {
        Event a = event("a");
        Event b = event("b");
        append(a, b);

        assertThatThrownBy(() -> append(b, a)).isInstanceOf(DuplicateEventId.class);
        assertThat(log()).hasSize(2);
    }

    @Test
    void stored_events_that_are_not_next_to_each_other_are_refused() {
        Event a = event("a");
        Event c = event("c");
        append(a);
        append(event("b"));
        append(c);

        assertThatThrownBy(() -> append(a, c))
                .isInstanceOfSatisfying(
                        DuplicateEventId.class, e -> assertThat(e.id()).isEqualTo(a.id()));
        assertThat(log()).hasSize(3);
    }

    @Test
    void the_same_id_twice_in_one_append_is_refused() {
        Event twice = event("a");

        assertThatThrownBy(() -> append(twice, twice))
                .isInstanceOfSatisfying(
                        DuplicateEventId.class, e -> assertThat(e.id()).isEqualTo(twice.id()));
        assertThat(log()).isEmpty();
    }

    @Test
    void the_same_append_by_many_at_the_same_time_is_stored_once() throws Exception {
        Event[] events = events(2, "bought", book(1)).toArray(Event[]::new);
        List<Callable<AppendResult>> same =
                IntStream.range(0, 8)
                        .<Callable<AppendResult>>mapToObj(_ -> () -> appendIf(ofBook(1), 0, events))
                        .toList();

        assertThat(atTheSameTime(same)).containsOnly(appended(1, 2));
        assertThat(log()).hasSize(2);
    }
}
