package io.floodmark.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkerStateTest {

    private static final long OVERDUE = 0;
    private static final long NOW = 1;

    @Test
    void an_operation_is_claimed_only_when_its_deadline_has_passed() {
        WorkerState state = new WorkerState();

        assertThat(state.claimOverdue(NOW)).as("idle").isFalse();
        state.begin(NOW + 1);
        assertThat(state.claimOverdue(NOW)).as("in time").isFalse();
        assertThat(state.end()).isEqualTo(WorkerState.End.NORMAL);
        state.begin(Long.MAX_VALUE);
        assertThat(state.claimOverdue(NOW)).as("no deadline").isFalse();
        assertThat(state.end()).isEqualTo(WorkerState.End.NORMAL);
        state.begin(OVERDUE);
        assertThat(state.claimOverdue(NOW)).as("overdue").isTrue();
        state.cancelled();
        assertThat(state.end()).isEqualTo(WorkerState.End.CANCELLED);
    }

    @Test
    void an_abandoned_operation_is_no_longer_its_workers() {
        WorkerState state = new WorkerState();

        assertThat(state.abandon()).as("idle").isFalse();
        state.begin(OVERDUE);
        assertThat(state.abandon()).isTrue();
        assertThat(state.end()).isEqualTo(WorkerState.End.ABANDONED);
    }

    @Test
    void an_operation_abandoned_while_it_is_cancelled_stays_abandoned() {
        WorkerState state = new WorkerState();
        state.begin(OVERDUE);

        assertThat(state.claimOverdue(NOW)).isTrue();
        assertThat(state.abandon()).isTrue();
        state.cancelled();

        assertThat(state.end()).isEqualTo(WorkerState.End.ABANDONED);
    }

    /// The worker learns of every cancellation, in the very operation that was cancelled.
    @Test
    void a_claim_and_its_end_agree_however_they_race() throws InterruptedException {
        WorkerState state = new WorkerState();
        AtomicLong claims = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        Thread watch =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!over.get()) {
                                if (state.claimOverdue(NOW)) {
                                    claims.incrementAndGet();
                                    state.cancelled();
                                }
                            }
                        });

        long cancelled = 0;
        for (int i = 0; i < 500_000; i++) {
            state.begin(OVERDUE);
            cancelled += state.end() == WorkerState.End.CANCELLED ? 1 : 0;
        }
        over.set(true);
        watch.join(10_000);

        assertThat(cancelled).isEqualTo(claims.get());
        assertThat(state.busy()).isFalse();
    }
}
