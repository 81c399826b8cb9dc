package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.Delivery;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Sharing;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// One consumer of a subscription gets everything once, in order, and never again.
public abstract class SubscriptionContract extends StoreContract {

    private static final SubscriptionSpec ALL = SubscriptionSpec.of("all", Query.all());

    private Subscription open(SubscriptionSpec spec) {
        return store().subscriptions().open(spec);
    }

    /// Takes and acknowledges deliveries until so many events came.
    private static List<RecordedEvent> take(Subscription subscription, int count) {
        List<RecordedEvent> taken = new ArrayList<>();
        while (taken.size() < count) {
            Delivery delivery = subscription.next(SOON);
            assertThat(delivery.isEmpty())
                    .as("nothing came after %d of %d events", taken.size(), count)
                    .isFalse();
            taken.addAll(delivery.events());
            subscription.acknowledge(delivery);
        }
        return taken;
    }

    @Test
    void a_new_subscription_catches_up_from_the_start_in_order() {
        appendAll(events(2_500, "noise"));

        try (Subscription subscription = open(ALL)) {
            List<RecordedEvent> taken = take(subscription, 2_500);

            assertThat(positions(taken)).isEqualTo(positionsUpTo(2_500));
            assertThat(taken).isEqualTo(log());
            assertThat(subscription.next(BRIEFLY).isEmpty()).isTrue();
        }
    }

    @Test
    void an_event_that_is_appended_later_is_delivered_to_a_waiting_consumer() throws Exception {
        try (Subscription subscription = open(ALL)) {
            var begun = new CountDownLatch(1);
            Future<Delivery> waiting =
                    beside(() -> {
                        begun.countDown();
                        return subscription.next(SOON);
                    });
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            append(event("bought", book(1)));

            assertThat(positions(waiting.get(20, TimeUnit.SECONDS).events())).containsExactly(1L);
        }
    }

    @Test
    void when_nothing_comes_the_delivery_is_empty_after_the_wait() {
        try (Subscription subscription = open(ALL)) {
            assertThat(subscription.next(Duration.ZERO).events()).isEmpty();
            assertThat(subscription.next(BRIEFLY).isEmpty()).isTrue();
            subscription.acknowledge(subscription.next(Duration.ZERO));
        }
    }

    @Test
    void everything_is_delivered_once_in_order_while_many_append() throws Exception {
        int writers = 4;
        int each = 150;
        int total = writers * each * 2;
        List<Callable<List<Long>>> tasks = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            tasks.add(() -> {
                for (int n = 0; n < each; n++) {
                    append(event("noise"), event("noise"));
                }
                return List.of();
            });
        }
        tasks.add(() -> {
            try (Subscription subscription = open(ALL)) {
                return positions(take(subscription, total));
            }
        });

        assertThat(atTheSameTime(tasks).getLast()).isEqualTo(positionsUpTo(total));
    }

    @Test
    void events_of_two_instances_are_delivered_once_in_order() throws Exception {
        List<io.floodmark.store.EventStore> both = List.of(store(), secondInstance());
        List<Callable<List<Long>>> tasks = new ArrayList<>();
        for (var writer : both) {
            tasks.add(() -> {
                for (int n = 0; n < 100; n++) {
                    writer.append(
                            List.of(event("noise")),
                            io.floodmark.store.AppendCondition.none(),
                            SOON);
                }
                return List.of();
            });
        }
        tasks.add(() -> {
            try (Subscription subscription = open(ALL)) {
                return positions(take(subscription, 200));
            }
        });

        assertThat(atTheSameTime(tasks).getLast()).isEqualTo(positionsUpTo(200));
    }

    @Test
    void only_matching_events_are_delivered() {
        append(Library.events().toArray(io.floodmark.store.Event[]::new));
        Query query = FilterShape.ITEMS_OR.request().query();

        try (Subscription subscription = open(SubscriptionSpec.of("some", query))) {
            List<Long> expected = FilterShape.ITEMS_OR.positions();
            assertThat(positions(take(subscription, expected.size()))).isEqualTo(expected);
            assertThat(subscription.next(BRIEFLY).isEmpty()).isTrue();
        }
    }

    @Test
    void a_delivery_has_at_most_as_many_events_as_asked() {
        append(events(10, "noise").toArray(io.floodmark.store.Event[]::new));

        try (Subscription subscription = open(ALL.batchMax(3))) {
            Delivery first = subscription.next(SOON);
            assertThat(first.events()).hasSizeBetween(1, 3);
            subscription.acknowledge(first);
            assertThat(positions(take(subscription, 10 - first.events().size())))
                    .isEqualTo(positionsUpTo(10).subList(first.events().size(), 10));
        }
    }

    @Test
    void a_subscription_may_start_after_a_position() {
        append(events(5, "noise").toArray(io.floodmark.store.Event[]::new));

        try (Subscription subscription = open(ALL.startAfter(at(3)))) {
            assertThat(positions(take(subscription, 2))).containsExactly(4L, 5L);
        }
        assertThat(store().subscriptions().checkpoint("all")).contains(at(5));
    }

    @Test
    void what_is_not_acknowledged_is_delivered_again() {
        append(event("a"), event("b"));

        try (Subscription subscription = open(ALL)) {
            assertThat(positions(subscription.next(SOON).events())).startsWith(1L);
            assertThat(positions(subscription.next(SOON).events())).startsWith(1L);
        }
        try (Subscription reopened = open(ALL)) {
            assertThat(positions(take(reopened, 2))).containsExactly(1L, 2L);
        }
    }

    @Test
    void what_is_acknowledged_is_never_delivered_again_by_the_next_consumer() {
        append(event("a"), event("b"), event("c"));
        try (Subscription subscription = open(ALL.batchMax(2))) {
            take(subscription, 2);
        }

        try (Subscription reopened = open(ALL)) {
            assertThat(positions(take(reopened, 1))).containsExactly(3L);
            assertThat(reopened.next(BRIEFLY).isEmpty()).isTrue();
        }
    }

    @Test
    void the_checkpoint_is_there_for_another_instance() {
        append(event("a"), event("b"), event("c"));
        try (Subscription subscription = open(ALL.batchMax(2))) {
            take(subscription, 2);
        }
        var second = secondInstance().subscriptions();

        assertThat(second.checkpoint("all")).contains(at(2));
        try (Subscription reopened = second.open(ALL)) {
            assertThat(positions(take(reopened, 1))).containsExactly(3L);
        }
    }

    @Test
    void the_checkpoint_follows_the_acknowledgements() {
        assertThat(store().subscriptions().checkpoint("all")).isEmpty();
        append(event("a"), event("b"));

        try (Subscription subscription = open(ALL)) {
            Delivery delivery = subscription.next(SOON);
            assertThat(store().subscriptions().checkpoint("all")).contains(at(0));
            subscription.acknowledge(delivery);
            subscription.acknowledge(delivery);
            assertThat(store().subscriptions().checkpoint("all")).contains(at(2));
        }
    }

    @Test
    void subscriptions_of_different_names_progress_apart() {
        append(event("a"), event("b"));

        try (Subscription one = open(ALL);
                Subscription other = open(SubscriptionSpec.of("other", Query.all()))) {
            assertThat(positions(take(one, 2))).containsExactly(1L, 2L);
            assertThat(positions(take(other, 2))).containsExactly(1L, 2L);
        }
    }

    @Test
    void a_deleted_subscription_begins_anew_and_its_consumers_fail() {
        append(event("a"), event("b"));
        try (Subscription subscription = open(ALL)) {
            take(subscription, 2);
            store().subscriptions().delete("all");
            store().subscriptions().delete("all");

            assertThat(store().subscriptions().checkpoint("all")).isEmpty();
            assertThatThrownBy(() -> subscription.next(BRIEFLY))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (Subscription anew = open(ALL)) {
            assertThat(positions(take(anew, 2))).containsExactly(1L, 2L);
        }
    }

    @Test
    void a_name_cannot_be_opened_with_another_query_or_sharing() {
        open(ALL).close();

        assertThatThrownBy(() -> open(SubscriptionSpec.of("all", ofBook(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all");
        assertThatThrownBy(() -> open(ALL.sharing(Sharing.partitioned("book", 4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all");
    }

    @Test
    void a_delivery_can_only_be_acknowledged_where_it_came_from() {
        append(event("a"));

        try (Subscription one = open(ALL);
                Subscription other = open(SubscriptionSpec.of("other", Query.all()))) {
            Delivery delivery = one.next(SOON);
            assertThatThrownBy(() -> other.acknowledge(delivery))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_closed_consumer_and_a_closed_store_deliver_nothing_more() {
        Subscription subscription = open(ALL);
        subscription.close();
        subscription.close();
        assertThatThrownBy(() -> subscription.next(BRIEFLY))
                .isInstanceOf(IllegalStateException.class);

        Subscription left = open(ALL);
        store().close();
        assertThatThrownBy(() -> left.next(BRIEFLY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_interrupt_ends_the_wait() {
        try (Subscription subscription = open(ALL)) {
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> subscription.next(SOON))
                        .isInstanceOf(OperationCancelled.class);
            } finally {
                assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            }
        }
    }
}
