package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.floodmark.store.Delivery;
import io.floodmark.store.Event;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Sharing;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import io.floodmark.store.Subscriptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Several consumers of one subscription: each event to one of them, and those that belong together
/// to one at a time, in order.
public abstract class CompetingConsumersContract extends StoreContract {

    private static final Sharing BY_BOOK = Sharing.partitioned("book", 8);
    private static final SubscriptionSpec SHARED =
            SubscriptionSpec.of("shared", Query.all()).sharing(BY_BOOK).batchMax(10);
    private static final SubscriptionSpec EXCLUSIVE = SubscriptionSpec.of("one", Query.all());
    private static final int BOOKS = 40;

    private Subscription open(SubscriptionSpec spec) {
        return store().subscriptions().open(spec);
    }

    private void appendBooks(int count) {
        appendAll(
                IntStream.range(0, count).mapToObj(i -> event("noise", book(i % BOOKS))).toList());
    }

    /// Takes what comes, in turns, until so many events came.
    private static List<List<RecordedEvent>> takeInTurns(List<Subscription> consumers, int count) {
        List<List<RecordedEvent>> taken = new ArrayList<>();
        consumers.forEach(_ -> taken.add(new ArrayList<>()));
        int left = count;
        int idle = 0;
        while (left > 0) {
            assertThat(idle)
                    .as("idle turns with %d of %d events left", left, count)
                    .isLessThan(500);
            idle++;
            for (int i = 0; i < consumers.size(); i++) {
                Delivery delivery = consumers.get(i).next(Duration.ofMillis(20));
                taken.get(i).addAll(delivery.events());
                left -= delivery.events().size();
                idle = delivery.isEmpty() ? idle : 0;
                consumers.get(i).acknowledge(delivery);
            }
        }
        return taken;
    }

    private static void expectOrderWithinEachBook(List<RecordedEvent> taken) {
        Map<String, Long> last = new HashMap<>();
        for (RecordedEvent recorded : taken) {
            String key = recorded.event().tags().toString();
            long position = recorded.position().value();
            assertThat(position).as(key).isGreaterThan(last.getOrDefault(key, 0L));
            last.put(key, position);
        }
    }

    @Test
    void each_event_goes_to_one_consumer_and_each_consumer_gets_a_part() {
        appendBooks(400);

        try (Subscription a = open(SHARED);
                Subscription b = open(SHARED)) {
            a.next(Duration.ZERO);
            b.next(Duration.ZERO);
            List<List<RecordedEvent>> taken = takeInTurns(List.of(a, b), 400);

            List<Long> all = new ArrayList<>(positions(taken.get(0)));
            all.addAll(positions(taken.get(1)));
            Collections.sort(all);
            assertThat(all).isEqualTo(positionsUpTo(400));
            assertThat(taken).noneMatch(List::isEmpty);
            taken.forEach(CompetingConsumersContract::expectOrderWithinEachBook);
        }
        assertThat(store().subscriptions().checkpoint("shared")).contains(at(400));
    }

    @Test
    void events_of_one_partition_are_never_with_two_consumers_at_a_time() {
        appendBooks(200);
        try (Subscription a = open(SHARED.batchMax(100));
                Subscription b = open(SHARED.batchMax(100))) {
            a.next(Duration.ZERO);
            b.next(Duration.ZERO);
            Delivery withA = a.next(BRIEFLY);
            Delivery withB = b.next(BRIEFLY);

            Set<Integer> shared = partitions(withA);
            shared.retainAll(partitions(withB));
            assertThat(withA.isEmpty() && withB.isEmpty()).isFalse();
            assertThat(shared).isEmpty();
        }
    }

    private static Set<Integer> partitions(Delivery delivery) {
        Set<Integer> partitions = new HashSet<>();
        delivery.events().forEach(it -> partitions.add(BY_BOOK.partitionOf(it.event())));
        return partitions;
    }

    @Test
    void all_comes_once_and_in_order_while_consumers_come_and_go_and_others_append()
            throws Exception {
        int total = 900;
        var done = new AtomicInteger();
        Map<String, List<Long>> byBook = new HashMap<>();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        tasks.add(() -> {
            for (int i = 0; i < total; i += 3) {
                append(
                        event("noise", book(i % BOOKS)),
                        event("noise", book((i + 1) % BOOKS)),
                        event("noise", book((i + 2) % BOOKS)));
            }
            return true;
        });
        for (int i = 0; i < 3; i++) {
            tasks.add(() -> consumeInShifts(store().subscriptions(), done, total, byBook));
        }

        assertThat(atTheSameTime(tasks)).containsOnly(true);
        assertThat(byBook.values().stream().mapToInt(List::size).sum()).isEqualTo(total);
        byBook.forEach((book, positions) -> assertThat(positions).as(book).isSorted());
        assertThat(byBook.values().stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    /// Takes at most ten deliveries, closes, and comes back as a new consumer.
    private static boolean consumeInShifts(
            Subscriptions subscriptions,
            AtomicInteger done,
            int total,
            Map<String, List<Long>> byBook) {
        while (done.get() < total) {
            try (Subscription consumer = subscriptions.open(SHARED)) {
                for (int turn = 0; turn < 10 && done.get() < total; turn++) {
                    Delivery delivery = consumer.next(Duration.ofMillis(20));
                    synchronized (byBook) {
                        for (RecordedEvent it : delivery.events()) {
                            byBook.computeIfAbsent(
                                            it.event().tags().toString(), _ -> new ArrayList<>())
                                    .add(it.position().value());
                        }
                    }
                    consumer.acknowledge(delivery);
                    done.addAndGet(delivery.events().size());
                }
            }
        }
        return true;
    }

    @Test
    void events_without_the_tag_are_delivered_too() {
        append(event("untagged"), event("tagged", book(1)), event("untagged"));

        try (Subscription consumer = open(SHARED)) {
            List<List<RecordedEvent>> taken = takeInTurns(List.of(consumer), 3);
            assertThat(positions(taken.getFirst())).containsExactlyInAnyOrder(1L, 2L, 3L);
        }
    }

    @Test
    void of_an_exclusive_subscription_the_second_consumer_stands_by_until_the_first_leaves() {
        append(events(3, "noise").toArray(Event[]::new));

        try (Subscription standby = open(EXCLUSIVE)) {
            try (Subscription first = open(EXCLUSIVE)) {
                assertThat(first.next(SOON).events()).hasSize(3);
                assertThat(standby.next(BRIEFLY).isEmpty()).isTrue();
            }
            assertThat(positions(standby.next(SOON).events())).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void consumers_of_two_instances_share_too() {
        appendBooks(200);
        Subscriptions second = secondInstance().subscriptions();

        try (Subscription a = open(SHARED);
                Subscription b = second.open(SHARED)) {
            a.next(Duration.ZERO);
            b.next(Duration.ZERO);
            List<List<RecordedEvent>> taken = takeInTurns(List.of(a, b), 200);

            assertThat(taken.get(0).size() + taken.get(1).size()).isEqualTo(200);
            assertThat(taken).noneMatch(List::isEmpty);
        }
    }

    @Test
    void when_a_consumer_dies_its_events_go_to_another_and_its_late_word_does_not_count() {
        Runnable expiry =
                underTest().leaseExpiry().orElseGet(() -> abort("leases do not expire in a test"));
        append(events(3, "noise").toArray(Event[]::new));

        try (Subscription dead = open(EXCLUSIVE);
                Subscription heir = open(EXCLUSIVE)) {
            Delivery lost = dead.next(SOON);
            assertThat(heir.next(BRIEFLY).isEmpty()).isTrue();
            expiry.run();

            Delivery inherited = heir.next(SOON);
            assertThat(positions(inherited.events())).containsExactly(1L, 2L, 3L);
            dead.acknowledge(lost);
            assertThat(store().subscriptions().checkpoint("one")).contains(at(0));
            heir.acknowledge(inherited);
            assertThat(store().subscriptions().checkpoint("one")).contains(at(3));
        }
    }
}
