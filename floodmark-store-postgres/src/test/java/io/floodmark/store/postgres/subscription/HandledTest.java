package io.floodmark.store.postgres.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Sharing;
import io.floodmark.store.SubscriptionSpec;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The check of the tailers finds what it is there for.
final class HandledTest {
    private static final SubscriptionSpec AFTER_TWO =
            SubscriptionSpec.of("s", Query.all()).startAfter(Position.of(2));

    private final Random random = new Random(1);
    private final List<RecordedEvent> log =
            IntStream.rangeClosed(1, 6).mapToObj(this::recorded).toList();
    private final Handled handled = new Handled(AFTER_TWO);

    private RecordedEvent recorded(int position) {
        return new RecordedEvent(Position.of(position), Instant.EPOCH, Draws.event(random));
    }

    private void gave(int done, int... positions) {
        handled.gave(
                Position.of(done), IntStream.of(positions).mapToObj(p -> log.get(p - 1)).toList());
    }

    @Test
    void repeats_of_what_was_not_done_are_right() {
        gave(2, 3, 4);
        gave(2, 3, 4, 5);
        gave(5, 6);

        assertThat(handled.violations(log)).isEmpty();
    }

    @Test
    void an_event_left_out_is_found() {
        gave(2, 3, 5, 6);

        assertThat(handled.violations(log)).singleElement().asString().contains("was not given");
    }

    @Test
    void events_that_never_came_are_found() {
        gave(2, 3, 4);

        assertThat(handled.violations(log))
                .singleElement()
                .asString()
                .contains("2 events were never given");
    }

    @Test
    void an_event_that_comes_again_although_it_was_done_is_found() {
        gave(2, 3, 4, 5, 6);
        gave(4, 4, 5);

        assertThat(handled.violations(log))
                .singleElement()
                .asString()
                .contains("again, done up to");
    }

    @Test
    void a_delivery_out_of_order_is_found() {
        gave(2, 3, 4, 5, 6);
        gave(2, 4, 3);

        assertThat(handled.violations(log)).singleElement().asString().contains("in one delivery");
    }

    @Test
    void an_event_that_did_not_stay_in_the_log_is_found() {
        gave(2, 3, 4, 5, 6);
        handled.gave(Position.of(2), List.of(recorded(6)));

        assertThat(handled.violations(log)).singleElement().asString().contains("not in the log");
    }

    @Test
    void partitions_are_in_order_each_for_itself() {
        var shared = new Handled(AFTER_TWO.sharing(Sharing.partitioned(Draws.KEY, 2)));
        var partitions = shared.spec().sharing();
        List<RecordedEvent> due = log.subList(2, log.size());
        for (int partition : new int[] {1, 0}) {
            shared.gave(
                    Position.of(2),
                    due.stream()
                            .filter(it -> partitions.partitionOf(it.event()) == partition)
                            .toList());
        }

        assertThat(shared.violations(log)).isEmpty();
    }
}
