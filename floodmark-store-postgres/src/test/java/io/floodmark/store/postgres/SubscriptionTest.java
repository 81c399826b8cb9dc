package io.floodmark.store.postgres;

import static io.floodmark.store.postgres.TestStores.LONG;
import static io.floodmark.store.postgres.TestStores.append;
import static io.floodmark.store.postgres.TestStores.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.Delivery;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.QueryItem;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Sharing;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import io.floodmark.store.Tag;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.postgres.schema.SubscribeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class SubscriptionTest {
    private static final Duration SHORT_LEASE = Duration.ofMillis(300);
    private static final Query ALL = Query.all();

    private final StoreSettings settings =
            TestStores.freshNames()
                    .with(
                            new SubscribeSettings(
                                    Duration.ofHours(1), SHORT_LEASE, Duration.ofSeconds(30)));
    private final PostgresEventStore store = TestStores.open(settings);

    @AfterEach
    void close() {
        store.close();
    }

    @Nested
    final class OneConsumer {
        @Test
        void catches_up_and_then_follows() throws Exception {
            var _ = append(store, events(250));
            var seen = new ArrayList<Position>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                    Subscription consumer = open(SubscriptionSpec.of("s", ALL))) {
                Future<List<Position>> following =
                        threads.submit(() -> {
                            while (seen.size() < 270) {
                                Delivery delivery = consumer.next(LONG);
                                delivery.events().forEach(e -> seen.add(e.position()));
                                consumer.acknowledge(delivery);
                            }
                            return seen;
                        });
                for (int i = 0; i < 20; i++) {
                    var _ = append(store, event("live"));
                }

                assertThat(following.get())
                        .isEqualTo(IntStream.rangeClosed(1, 270).mapToObj(Position::of).toList());
            }
        }

        @Test
        void gets_again_what_it_did_not_acknowledge_and_never_what_it_did() {
            var _ = append(store, events(3));
            SubscriptionSpec spec = SubscriptionSpec.of("s", ALL).batchMax(2);
            try (Subscription consumer = open(spec)) {
                assertThat(positions(consumer.next(Duration.ZERO))).containsExactly(1L, 2L);
                Delivery again = consumer.next(Duration.ZERO);
                assertThat(positions(again)).containsExactly(1L, 2L);
                consumer.acknowledge(again);
            }
            try (Subscription next = open(spec)) {
                assertThat(positions(next.next(Duration.ZERO))).containsExactly(3L);
            }
            assertThat(store.subscriptions().checkpoint("s")).contains(Position.of(2));
        }

        @Test
        void has_its_progress_moved_past_what_does_not_match() {
            var _ = append(store, events(5));
            try (Subscription consumer =
                    open(SubscriptionSpec.of("s", Query.of(QueryItem.ofTypes("none"))))) {
                assertThat(consumer.next(Duration.ZERO).isEmpty()).isTrue();
            }

            assertThat(store.subscriptions().checkpoint("s")).contains(Position.of(5));
        }

        @Test
        void is_woken_again_after_its_notifications_were_cut_off() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                    Subscription consumer = open(SubscriptionSpec.of("s", ALL))) {
                assertThat(consumer.next(Duration.ZERO).isEmpty()).isTrue();
                Future<Delivery> waiting = threads.submit(() -> consumer.next(LONG));
                TestStores.execute(
                        TestStores.shared(),
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                         WHERE query = 'LISTEN "%s"'
                        """
                                .formatted(settings.names().channel()));
                var _ = append(store, event("live"));

                assertThat(positions(waiting.get())).containsExactly(1L);
            }
        }

        @Test
        void ends_at_an_interrupt_and_at_its_close() throws Exception {
            Subscription consumer = open(SubscriptionSpec.of("s", ALL));
            Thread.currentThread().interrupt();
            try {
                assertThat(
                                org.assertj.core.api.Assertions.catchThrowable(
                                        () -> consumer.next(LONG)))
                        .isInstanceOf(OperationCancelled.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Delivery> waiting = threads.submit(() -> consumer.next(LONG));
                var _ = append(store, events(0));
                consumer.close();
                assertThat(org.assertj.core.api.Assertions.catchThrowable(waiting::get).getCause())
                        .isInstanceOf(IllegalStateException.class);
            }
        }

        @Test
        void fails_when_its_subscription_is_deleted_even_if_it_is_made_again() {
            Subscription consumer = open(SubscriptionSpec.of("s", ALL));
            assertThat(consumer.next(Duration.ZERO).isEmpty()).isTrue();

            store.subscriptions().delete("s");
            var _ = open(SubscriptionSpec.of("s", ALL));

            assertThatIllegalStateException().isThrownBy(() -> consumer.next(Duration.ZERO));
        }
    }

    @Nested
    final class SeveralConsumers {
        @Test
        void one_that_slept_longer_than_its_lease_cannot_acknowledge_what_another_took() {
            var _ = append(store, events(2));
            SubscriptionSpec spec = SubscriptionSpec.of("s", ALL).batchMax(1);
            try (Subscription sleeper = open(spec);
                    Subscription other = open(spec)) {
                Delivery late = sleeper.next(Duration.ZERO);
                Delivery taken = other.next(LONG);
                assertThat(positions(taken)).isEqualTo(positions(late));

                sleeper.acknowledge(late);

                assertThat(store.subscriptions().checkpoint("s")).contains(Position.START);
                other.acknowledge(taken);
                assertThat(store.subscriptions().checkpoint("s")).contains(Position.of(1));
            }
        }

        @Test
        void share_partitions_evenly_once_the_second_has_come() {
            SubscriptionSpec spec = shared(4);
            var _ = append(store, keyed(100));
            try (Subscription first = open(spec);
                    Subscription second = open(spec)) {
                assertThat(first.next(Duration.ZERO).events()).hasSize(100);
                assertThat(second.next(Duration.ZERO).isEmpty()).isTrue();

                Set<Position> left = new HashSet<>(places(first.next(Duration.ZERO)));
                Set<Position> right = new HashSet<>(places(second.next(Duration.ZERO)));

                assertThat(right).isNotEmpty().doesNotContainAnyElementsOf(left);
                assertThat(left).isNotEmpty();
                assertThat(left.size() + right.size()).isEqualTo(100);
            }
        }

        @Test
        void miss_nothing_while_many_write_and_keep_the_order_of_each_key() throws Exception {
            int writers = 8;
            int perWriter = 60;
            Set<Position> seen = new ConcurrentSkipListSet<>();
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                work.add(() -> {
                    for (int i = 0; i < perWriter; i++) {
                        var _ = store.append(keyed(1), AppendCondition.none(), LONG);
                    }
                    return true;
                });
            }
            for (int c = 0; c < 3; c++) {
                work.add(() -> consumeInOrder(seen, writers * perWriter));
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Boolean> done : threads.invokeAll(work)) {
                    assertThat(done.get()).isTrue();
                }
            }

            assertThat(seen)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, writers * perWriter)
                                    .mapToObj(Position::of)
                                    .toList());
        }

        private boolean consumeInOrder(Set<Position> seen, int all) {
            try (Subscription consumer = open(shared(6))) {
                while (seen.size() < all) {
                    Delivery delivery = consumer.next(Duration.ofMillis(100));
                    List<Position> places = places(delivery);
                    assertThat(places).isSorted();
                    seen.addAll(places);
                    consumer.acknowledge(delivery);
                }
                return true;
            }
        }
    }

    private Subscription open(SubscriptionSpec spec) {
        return store.subscriptions().open(spec);
    }

    private static SubscriptionSpec shared(int partitions) {
        return SubscriptionSpec.of("shared", ALL).sharing(Sharing.partitioned("key", partitions));
    }

    private static List<io.floodmark.store.Event> events(int count) {
        return Collections.nCopies(count, "happened").stream().map(type -> event(type)).toList();
    }

    private static List<io.floodmark.store.Event> keyed(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> event("keyed", Tag.of("key", Integer.toString(i))))
                .toList();
    }

    private static List<Long> positions(Delivery delivery) {
        return delivery.events().stream().map(e -> e.position().value()).toList();
    }

    private static List<Position> places(Delivery delivery) {
        return delivery.events().stream().map(RecordedEvent::position).toList();
    }
}
