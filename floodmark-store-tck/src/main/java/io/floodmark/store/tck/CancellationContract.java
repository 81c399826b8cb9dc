package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Query;
import io.floodmark.store.ReadRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What interrupts, deadlines and closing leave behind: nothing that was not acknowledged.
public abstract class CancellationContract extends StoreContract {

    private AppendResult append(Event event, Duration timeout) {
        return store().append(List.of(event), AppendCondition.none(), timeout);
    }

    @Test
    void an_interrupted_append_stores_nothing_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> append(event("bought"), SOON))
                    .isInstanceOf(OperationCancelled.class);
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        assertThat(log()).isEmpty();
    }

    @Test
    void an_interrupted_read_delivers_nothing_and_stays_interrupted() {
        append(event("bought"));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> store().read(ReadRequest.of(Query.all()), SOON).toList(1))
                    .isInstanceOf(OperationCancelled.class);
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        assertThat(log()).hasSize(1);
    }

    @Test
    void an_append_without_time_stores_nothing() {
        Event event = event("bought");

        assertThatThrownBy(() -> append(event, Duration.ZERO)).isInstanceOf(DeadlineExceeded.class);
        assertThat(log()).isEmpty();
        assertThat(append(event)).isEqualTo(appended(1, 1));
    }

    @Test
    void a_read_without_time_ends_at_its_deadline() {
        assertThatThrownBy(() -> store().read(ReadRequest.of(Query.all()), Duration.ZERO).toList(1))
                .isInstanceOf(DeadlineExceeded.class);
    }

    @Test
    void a_negative_timeout_is_the_callers_mistake() {
        assertThatThrownBy(() -> append(event("bought"), Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().read(ReadRequest.of(Query.all()), Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(log()).isEmpty();
    }

    @Test
    void appends_with_hardly_any_time_are_either_stored_or_refused() {
        long stored = 0;
        for (int i = 0; i < 200; i++) {
            try {
                append(event("bought"), Duration.ofNanos(1_000L * i));
                stored++;
            } catch (DeadlineExceeded _) {
                // Nothing was written: the count of what is there will tell.
            }
        }
        assertThat(log()).hasSize((int) stored);
        assertThat(positions(log())).isEqualTo(positionsUpTo(stored));
    }

    @Test
    void an_append_that_waits_for_a_stalled_store_ends_at_its_deadline_and_is_never_stored() {
        StoreUnderTest.Stall stall =
                underTest().stall().orElseGet(() -> abort("the store cannot be stalled"));
        try (stall) {
            assertThatThrownBy(() -> append(event("late"), BRIEFLY))
                    .isInstanceOf(DeadlineExceeded.class);
        }
        assertThat(append(event("next"))).isInstanceOf(AppendResult.Appended.class);
        assertThat(log()).extracting(it -> it.event().type()).containsExactly("next");
    }

    @Test
    void an_interrupt_ends_the_wait_for_a_stalled_store_and_nothing_is_stored() throws Exception {
        StoreUnderTest.Stall stall =
                underTest().stall().orElseGet(() -> abort("the store cannot be stalled"));
        try (stall) {
            var begun = new CountDownLatch(1);
            var appending =
                    new FutureTask<>(() -> {
                        begun.countDown();
                        return append(event("cancelled"), SOON);
                    });
            Thread waiting = Thread.ofVirtual().start(appending);
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            waiting.interrupt();
            assertThatThrownBy(() -> appending.get(15, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(OperationCancelled.class);
        }
        assertThat(append(event("next"))).isInstanceOf(AppendResult.Appended.class);
        assertThat(log()).extracting(it -> it.event().type()).containsExactly("next");
    }

    @Test
    void a_closed_store_refuses_every_call_and_may_be_closed_again() {
        EventStore store = store();
        store.close();
        store.close();

        assertThatThrownBy(() -> append(event("bought"), SOON))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.read(ReadRequest.of(Query.all()), SOON))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.head(Consistency.strong()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        store.snapshots()
                                .load("books", Query.all().hash(), Consistency.strong(), SOON))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closing_ends_a_waiting_call() throws Exception {
        var begun = new CountDownLatch(1);
        Future<Boolean> waiting =
                beside(() -> {
                    begun.countDown();
                    try {
                        store().read(ReadRequest.of(Query.all()).atLeast(at(9)), SOON).close();
                        return false;
                    } catch (OperationCancelled | IllegalStateException _) {
                        return true;
                    }
                });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        store().close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).as("ended by the closing").isTrue();
    }
}
