package io.floodmark.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.Delivery;
import io.floodmark.store.Event;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Sharing;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MemorySubscriptionsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Query LENT = Query.matching().types("Lent").build();
    private static final SubscriptionSpec MAIL = SubscriptionSpec.of("mail", LENT);
    private static final SubscriptionSpec SHARED = MAIL.sharing(Sharing.partitioned("Book", 8));

    private final TestClock clock = new TestClock();
    private final InMemoryEventStore store = new InMemoryEventStore(clock);

    @AfterEach
    void close() {
        store.close();
    }

    private void append(String type, String book) {
        Event event = Event.draft(type).tag("Book", book).build();
        store.append(List.of(event), AppendCondition.none(), SOON);
    }

    private void lend(int events) {
        for (int i = 0; i < events; i++) {
            append("Lent", String.valueOf(i));
        }
    }

    private Subscription open(SubscriptionSpec spec) {
        return store.subscriptions().open(spec);
    }

    private static Delivery now(Subscription consumer) {
        return consumer.next(Duration.ZERO);
    }

    private static List<Long> positions(Delivery delivery) {
        return delivery.events().stream().map(event -> event.position().value()).toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /// Takes and acknowledges until nothing comes.
    private static List<Long> drain(Subscription consumer) {
        var taken = new ArrayList<Long>();
        Delivery delivery = now(consumer);
        while (!delivery.isEmpty()) {
            taken.addAll(positions(delivery));
            consumer.acknowledge(delivery);
            delivery = now(consumer);
        }
        return taken;
    }

    private long checkpoint() {
        return store.subscriptions().checkpoint("mail").orElseThrow().value();
    }

    @Nested
    final class OneConsumer {

        @Test
        void catches_up_in_batches_and_in_order() {
            lend(5);
            Subscription consumer = open(MAIL.batchMax(2));

            Delivery first = now(consumer);
            consumer.acknowledge(first);
            Delivery second = now(consumer);

            assertThat(positions(first)).containsExactly(1L, 2L);
            assertThat(positions(second)).containsExactly(3L, 4L);
        }

        @Test
        void gets_only_what_matches() {
            append("Sold", "1");
            append("Lent", "1");
            append("Sold", "1");

            assertThat(drain(open(MAIL))).containsExactly(2L);
        }

        @Test
        void starts_where_it_is_told() {
            lend(5);

            assertThat(drain(open(MAIL.startAfter(Position.of(3))))).containsExactly(4L, 5L);
            assertThat(drain(open(SubscriptionSpec.of("x", LENT).startAfter(Position.of(9)))))
                    .isEmpty();
            assertThat(store.subscriptions().checkpoint("x")).contains(Position.of(9));
        }

        @Test
        void gets_again_what_it_did_not_acknowledge() {
            lend(3);
            Subscription consumer = open(MAIL.batchMax(2));

            Delivery failed = now(consumer);
            Delivery again = now(consumer);
            consumer.acknowledge(again);

            assertThat(again.events()).isEqualTo(failed.events());
            assertThat(positions(now(consumer))).containsExactly(3L);
        }

        @Test
        void gets_what_is_appended_while_it_waits() throws Exception {
            Subscription consumer = open(MAIL);
            var waiting = Waiter.waitingIn(() -> consumer.next(SOON));

            append("Sold", "1");
            append("Lent", "1");

            assertThat(positions(waiting.result())).containsExactly(2L);
        }

        @Test
        void gets_an_empty_delivery_when_nothing_comes_and_may_acknowledge_it() {
            Subscription consumer = open(MAIL);

            Delivery nothing = consumer.next(Duration.ofMillis(30));
            consumer.acknowledge(nothing);

            assertThat(nothing.events()).isEmpty();
        }

        @Test
        void ends_its_wait_at_an_interrupt() {
            Subscription consumer = open(MAIL);
            var waiting = Waiter.waitingIn(() -> consumer.next(SOON));

            waiting.interrupt();

            assertThat(waiting.failure()).isInstanceOf(OperationCancelled.class);
        }

        @Test
        void ends_its_wait_when_it_is_closed() {
            Subscription consumer = open(MAIL);
            var waiting = Waiter.waitingIn(() -> consumer.next(SOON));

            consumer.close();

            assertThat(waiting.failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("This consumer is closed");
        }

        @Test
        void refuses_everything_once_closed() {
            lend(1);
            Subscription consumer = open(MAIL);
            Delivery delivery = now(consumer);

            consumer.close();
            consumer.close();

            assertThatIllegalStateException().isThrownBy(() -> now(consumer));
            assertThatIllegalStateException().isThrownBy(() -> consumer.acknowledge(delivery));
        }

        @Test
        void refuses_deliveries_of_others() {
            lend(1);
            Subscription one = open(MAIL);
            Subscription other = open(MAIL);

            assertThatIllegalArgumentException().isThrownBy(() -> other.acknowledge(now(one)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> one.acknowledge(List::<RecordedEvent>of));
        }
    }

    @Nested
    final class Checkpoints {

        @Test
        void outlive_the_consumer() {
            lend(5);
            try (Subscription consumer = open(MAIL.batchMax(3))) {
                consumer.acknowledge(now(consumer));
                assertThat(positions(now(consumer))).containsExactly(4L, 5L);
            }

            assertThat(checkpoint()).isEqualTo(3);
            assertThat(drain(open(MAIL.startAfter(Position.START)))).containsExactly(4L, 5L);
        }

        @Test
        void do_not_move_before_the_acknowledgement() {
            lend(2);
            Subscription consumer = open(MAIL);

            now(consumer);

            assertThat(checkpoint()).isZero();
        }

        @Test
        void do_not_go_back() {
            lend(4);
            Subscription consumer = open(MAIL.batchMax(2));
            Delivery early = now(consumer);
            consumer.acknowledge(early);
            consumer.acknowledge(now(consumer));

            consumer.acknowledge(early);

            assertThat(checkpoint()).isEqualTo(4);
        }

        @Test
        void pass_over_what_does_not_match() {
            Subscription consumer = open(MAIL);
            append("Sold", "1");

            now(consumer);

            assertThat(checkpoint()).isEqualTo(1);
        }

        @Test
        void are_there_from_the_opening_until_the_deletion() {
            assertThat(store.subscriptions().checkpoint("mail")).isEmpty();
            Subscription consumer = open(MAIL);
            assertThat(checkpoint()).isZero();

            store.subscriptions().delete("mail");
            store.subscriptions().delete("mail");

            assertThat(store.subscriptions().checkpoint("mail")).isEmpty();
            assertThatIllegalStateException()
                    .isThrownBy(() -> now(consumer))
                    .withMessageContaining("'mail' was deleted");
        }

        @Test
        void belong_to_one_query_and_sharing() {
            open(MAIL);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(SubscriptionSpec.of("mail", Query.all())))
                    .withMessageContaining("Lent");
            assertThatIllegalArgumentException().isThrownBy(() -> open(SHARED));
        }
    }

    @Nested
    final class SeveralConsumers {

        @Test
        void of_an_exclusive_subscription_take_turns() {
            lend(2);
            Subscription first = open(MAIL);
            Subscription standby = open(MAIL);

            assertThat(positions(now(first))).containsExactly(1L, 2L);
            assertThat(now(standby).isEmpty()).isTrue();
            first.close();

            assertThat(positions(now(standby))).containsExactly(1L, 2L);
        }

        @Test
        void share_the_events_and_keep_the_order_in_each_partition() {
            lend(200);
            Subscription one = open(SHARED);
            Subscription other = open(SHARED);

            List<Long> byOne = drain(one);
            List<Long> byOther = drain(other);

            assertThat(byOne).isNotEmpty().isSorted().doesNotContainAnyElementsOf(byOther);
            assertThat(byOther).isNotEmpty().isSorted();
            byOne.addAll(byOther);
            assertThat(byOne).containsExactlyInAnyOrderElementsOf(range(1, 200));
            assertThat(checkpoint()).isEqualTo(200);
        }

        @Test
        void make_room_for_one_that_comes_later() {
            lend(200);
            Subscription early = open(SHARED);
            Delivery unfinished = now(early);
            Subscription late = open(SHARED);

            assertThat(now(late).isEmpty()).isTrue();
            early.acknowledge(unfinished);
            var taken = new ArrayList<>(positions(unfinished));
            taken.addAll(drain(early));
            List<Long> byLate = drain(late);
            taken.addAll(byLate);

            assertThat(byLate).isNotEmpty();
            assertThat(taken).containsExactlyInAnyOrderElementsOf(range(1, 200));
        }

        @Test
        void more_than_there_are_partitions_stand_by() {
            lend(10);
            var spec = MAIL.sharing(Sharing.partitioned("Book", 1));
            Subscription one = open(spec);
            Subscription standby = open(spec);

            assertThat(now(one).events()).hasSize(10);
            assertThat(now(standby).isEmpty()).isTrue();
        }
    }

    @Nested
    final class Leases {

        @Test
        void of_a_consumer_that_makes_no_call_pass_to_others() {
            lend(2);
            Subscription dead = open(MAIL);
            Delivery unfinished = now(dead);
            Subscription standby = open(MAIL);

            clock.move(InMemoryEventStore.LEASE.minusMillis(1));
            assertThat(now(standby).isEmpty()).isTrue();
            clock.move(Duration.ofMillis(1));
            Delivery taken = now(standby);

            assertThat(taken.events()).isEqualTo(unfinished.events());
        }

        @Test
        void are_renewed_by_every_call() {
            lend(2);
            Subscription alive = open(MAIL.batchMax(1));
            Subscription standby = open(MAIL);

            for (int i = 0; i < 2; i++) {
                Delivery delivery = now(alive);
                clock.move(InMemoryEventStore.LEASE.minusMillis(1));
                alive.acknowledge(delivery);
                clock.move(InMemoryEventStore.LEASE.minusMillis(1));
                assertThat(now(standby).isEmpty()).isTrue();
            }
            assertThat(checkpoint()).isEqualTo(2);
        }

        @Test
        void once_lost_make_an_acknowledgement_void() {
            lend(3);
            Subscription slow = open(MAIL.batchMax(2));
            Delivery late = now(slow);
            Subscription other = open(MAIL.batchMax(1));
            clock.move(InMemoryEventStore.LEASE);
            Delivery taken = now(other);

            slow.acknowledge(late);

            assertThat(checkpoint()).isZero();
            other.acknowledge(taken);
            assertThat(checkpoint()).isEqualTo(1);
            assertThat(positions(now(other))).containsExactly(2L);
            assertThat(now(slow).isEmpty()).isTrue();
        }

        @Test
        void that_nobody_took_still_count() {
            lend(2);
            Subscription slow = open(MAIL);
            Delivery late = now(slow);
            clock.move(InMemoryEventStore.LEASE.multipliedBy(3));

            slow.acknowledge(late);

            assertThat(checkpoint()).isEqualTo(2);
        }

        @Test
        void that_end_are_noticed_by_one_that_waits() throws Exception {
            lend(1);
            now(open(MAIL));
            Subscription standby = open(MAIL);
            var waiting = Waiter.waitingIn(() -> standby.next(SOON));

            clock.move(InMemoryEventStore.LEASE);

            assertThat(positions(waiting.result())).containsExactly(1L);
        }

        @Test
        void of_partitions_pass_on_without_loss() {
            lend(100);
            Subscription dead = open(SHARED.batchMax(10));
            Subscription alive = open(SHARED.batchMax(10));
            Delivery done = now(dead);
            dead.acknowledge(done);
            now(dead);
            List<Long> early = drain(alive);
            clock.move(InMemoryEventStore.LEASE);

            var taken = new ArrayList<>(positions(done));
            taken.addAll(early);
            taken.addAll(drain(alive));

            assertThat(taken).containsExactlyInAnyOrderElementsOf(range(1, 100));
        }
    }
}
