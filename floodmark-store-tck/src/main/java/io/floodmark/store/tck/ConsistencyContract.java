package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.Consistency;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How fresh reads are.
public abstract class ConsistencyContract extends StoreContract {

    @Test
    void a_strong_read_sees_every_append_that_returned_before() {
        for (int i = 1; i <= 50; i++) {
            append(event("bought", book(i)));

            assertThat(read(ReadRequest.of(ofBook(i)))).hasSize(1);
            assertThat(store().head(Consistency.strong())).isEqualTo(at(i));
        }
    }

    @Test
    void a_strong_read_through_another_instance_sees_every_append_that_returned_before() {
        EventStore second = secondInstance();
        for (int i = 1; i <= 50; i++) {
            append(event("bought", book(i)));

            try (EventStream stream = second.read(ReadRequest.of(ofBook(i)), SOON)) {
                assertThat(stream.readUpTo()).isEqualTo(at(i));
                assertThat(positions(stream.toList(MANY))).containsExactly((long) i);
            }
            assertThat(second.head(Consistency.strong())).isEqualTo(at(i));
        }
    }

    @Test
    void a_condition_sees_what_another_instance_appended() {
        EventStore second = secondInstance();
        append(event("bought", book(1)));
        second.append(
                List.of(event("lent", book(1))), io.floodmark.store.AppendCondition.none(), SOON);

        assertThat(appendIf(ofBook(1), 1, event("lent", book(1))))
                .isInstanceOf(io.floodmark.store.AppendResult.Conflict.class);
        assertThat(appendIf(ofBook(1), 2, event("returned", book(1)))).isEqualTo(appended(3, 3));
    }

    @Test
    void an_eventual_read_may_be_old_but_is_the_beginning_of_the_log() {
        for (int i = 1; i <= 50; i++) {
            append(event("bought", book(1)));
            try (EventStream stream = store().read(ReadRequest.of(ofBook(1)).eventual(), SOON)) {
                long end = stream.readUpTo().value();
                assertThat(end).isLessThanOrEqualTo(i);
                assertThat(positions(stream.toList(MANY))).isEqualTo(positionsUpTo(end));
            }
            assertThat(store().head(Consistency.eventual())).isLessThanOrEqualTo(at(i));
        }
    }

    @Test
    void a_read_of_at_least_ones_own_append_sees_it() {
        for (int i = 1; i <= 50; i++) {
            append(event("bought", book(i)));

            try (EventStream stream =
                    store().read(ReadRequest.of(ofBook(i)).atLeast(at(i)), SOON)) {
                assertThat(stream.readUpTo()).isGreaterThanOrEqualTo(at(i));
                assertThat(positions(stream.toList(MANY))).containsExactly((long) i);
            }
            assertThat(store().head(Consistency.atLeast(at(i)))).isEqualTo(at(i));
        }
    }

    @Test
    void a_read_of_at_least_a_position_waits_until_it_is_there() throws Exception {
        append(event("bought", book(1)));
        var begun = new CountDownLatch(1);
        Future<List<Long>> reading =
                beside(() -> {
                    begun.countDown();
                    return positions(read(ReadRequest.of(ofBook(1)).atLeast(at(2))));
                });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        append(event("lent", book(1)));

        assertThat(reading.get(20, TimeUnit.SECONDS)).containsExactly(1L, 2L);
    }

    @Test
    void a_read_of_at_least_a_position_that_does_not_come_ends_at_its_deadline() {
        append(event("bought", book(1)));

        assertThatThrownBy(() -> store().read(ReadRequest.of(Query.all()).atLeast(at(2)), BRIEFLY))
                .isInstanceOf(DeadlineExceeded.class);
        assertThat(append(event("lent", book(1)))).isEqualTo(appended(2, 2));
    }

    @Test
    void heads_never_go_back() throws Exception {
        Future<Boolean> appending =
                beside(() -> {
                    for (int i = 0; i < 200; i++) {
                        append(event("noise"));
                    }
                    return true;
                });
        Position last = Position.START;
        while (!appending.isDone()) {
            Position head = store().head(Consistency.strong());
            assertThat(head).isGreaterThanOrEqualTo(last);
            last = head;
        }
        assertThat(appending.get()).isTrue();
        assertThat(store().head(Consistency.strong())).isEqualTo(at(200));
    }
}
