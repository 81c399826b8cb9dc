package io.floodmark.ingest.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.WireEvent;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BatchQueueTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();

    private BatchQueue queue(int rows, long bytes, boolean eager) {
        return new BatchQueue(new BatchRule(rows, bytes, Duration.ofMillis(20), eager), now::get);
    }

    private Submission submission(List<WireEvent> events) {
        return new Submission("t", events, new Submission.Ending(_ -> {}, done::incrementAndGet));
    }

    private static Batch take(BatchQueue queue) throws InterruptedException {
        return queue.take(Duration.ofSeconds(10)).orElseThrow();
    }

    @Test
    void a_batch_gathers_requests_up_to_its_rows_and_splits_the_last() throws Exception {
        BatchQueue queue = queue(5, 1 << 20, false);
        queue.offer(submission(Events.many("a", 3)));
        queue.offer(submission(Events.many("b", 4)));

        Batch batch = take(queue);

        assertThat(batch.reason()).isEqualTo(FlushReason.ROWS);
        assertThat(batch.deliveries().stream().map(one -> one.event().id()))
                .containsExactly("a0", "a1", "a2", "b0", "b1");
        now.set(Duration.ofMillis(20).toNanos());
        Batch rest = take(queue);
        assertThat(rest.reason()).isEqualTo(FlushReason.AGE);
        assertThat(rest.deliveries()).hasSize(2);
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void outcomes_come_back_to_their_requests_in_any_order() throws Exception {
        BatchQueue queue = queue(3, 1 << 20, true);
        Submission first = submission(Events.many("a", 2));
        Submission second = submission(Events.many("b", 2));
        queue.offer(first);
        queue.offer(second);
        Batch one = take(queue);
        Batch two = take(queue);

        two.complete(List.of(new Outcome.Duplicate()));
        assertThat(done.get()).isZero();
        one.complete(Collections.nCopies(3, new Outcome.Stored()));

        assertThat(done.get()).isEqualTo(2);
        assertThat(first.await(Duration.ZERO))
                .containsExactly(new Outcome.Stored(), new Outcome.Stored());
        assertThat(second.await(Duration.ZERO))
                .containsExactly(new Outcome.Stored(), new Outcome.Duplicate());
    }

    @Test
    void what_has_no_outcome_at_the_deadline_is_unknown() throws Exception {
        Submission submission = submission(Events.many("a", 2));
        submission.complete(1, List.of(new Outcome.Stored()));

        assertThat(submission.await(Duration.ZERO))
                .satisfiesExactly(
                        open -> assertThat(open).isInstanceOf(Outcome.Unknown.class),
                        known -> assertThat(known).isEqualTo(new Outcome.Stored()));
    }

    @Test
    void an_event_larger_than_a_batch_gets_on_alone() throws Exception {
        BatchQueue queue = queue(100, 10, false);
        queue.offer(submission(Events.many("a", 2)));

        assertThat(take(queue).deliveries()).hasSize(1);
        assertThat(take(queue).deliveries()).hasSize(1);
    }

    @Test
    void one_event_is_given_out_at_its_age_though_nothing_follows() throws Exception {
        BatchQueue queue =
                new BatchQueue(
                        new BatchRule(100, 1 << 20, Duration.ofMillis(20), false),
                        System::nanoTime);
        queue.offer(submission(Events.many("a", 1)));

        assertThat(take(queue).reason()).isEqualTo(FlushReason.AGE);
    }

    @Test
    void after_the_drain_what_waits_comes_out_and_nothing_goes_in() throws Exception {
        BatchQueue queue = queue(100, 1 << 20, false);
        queue.offer(submission(Events.many("a", 1)));
        queue.drain();

        assertThat(queue.offer(submission(Events.many("b", 1)))).isFalse();
        assertThat(queue.drained()).isFalse();
        assertThat(take(queue).reason()).isEqualTo(FlushReason.DRAIN);
        assertThat(queue.drained()).isTrue();
        assertThat(queue.take(Duration.ofSeconds(10))).isEmpty();
    }
}
