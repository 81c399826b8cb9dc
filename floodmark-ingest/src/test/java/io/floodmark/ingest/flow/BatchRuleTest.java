package io.floodmark.ingest.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BatchRuleTest {
    private static final Duration AGE = Duration.ofMillis(50);
    private static final BatchRule PATIENT = new BatchRule(100, 1_000, AGE, false);
    private static final BatchRule EAGER = new BatchRule(100, 1_000, AGE, true);

    private static BatchRule.Decision flush(FlushReason reason) {
        return new BatchRule.Decision.Flush(reason);
    }

    @Test
    void nothing_is_never_flushed() {
        assertThat(EAGER.decide(0, 0, 0, true)).isEqualTo(new BatchRule.Decision.Idle());
    }

    @Test
    void one_event_is_flushed_when_it_is_old_enough() {
        assertThat(PATIENT.decide(1, 10, AGE.toNanos() - 1, false))
                .isEqualTo(new BatchRule.Decision.Wait(1));
        assertThat(PATIENT.decide(1, 10, AGE.toNanos(), false)).isEqualTo(flush(FlushReason.AGE));
    }

    @Test
    void bytes_and_rows_close_a_batch_of_any_age() {
        assertThat(PATIENT.decide(99, 1_000, 0, false)).isEqualTo(flush(FlushReason.BYTES));
        assertThat(PATIENT.decide(100, 999, 0, false)).isEqualTo(flush(FlushReason.ROWS));
    }

    @Test
    void an_eager_rule_flushes_what_there_is_and_the_end_flushes_the_rest() {
        assertThat(EAGER.decide(1, 10, 0, false)).isEqualTo(flush(FlushReason.SLOT));
        assertThat(PATIENT.decide(1, 10, 0, true)).isEqualTo(flush(FlushReason.DRAIN));
    }
}
