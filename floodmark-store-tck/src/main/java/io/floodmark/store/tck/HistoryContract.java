package io.floodmark.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.tck.history.HistoryReport;
import io.floodmark.store.tck.history.HistoryRunner;
import io.floodmark.store.tck.history.HistoryTarget;
import io.floodmark.store.tck.history.HistoryWorkload;
import io.floodmark.store.tck.history.HistoryWorkload.Conditions;
import io.floodmark.store.tck.history.HistoryWorkload.Mix;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Concurrent writers get right answers: short runs of the checker of histories.
public abstract class HistoryContract extends StoreContract {

    private static final HistoryWorkload.Limits ROUNDS =
            new HistoryWorkload.Limits(SOON, 2_500, Duration.ofMinutes(2));

    private static HistoryWorkload workload() {
        return HistoryWorkload.withFreshSeed().attempts(5_000).limits(ROUNDS);
    }

    @ParameterizedTest
    @EnumSource
    void every_answer_to_concurrent_writers_is_right(Conditions conditions) throws Exception {
        expectRight(
                HistoryRunner.run(
                        workload().forms(conditions, Mix.everything()), HistoryTarget.of(store())));
    }

    @Test
    void one_boundary_that_all_writers_want_has_one_winner_at_a_time() throws Exception {
        expectRight(
                HistoryRunner.run(
                        workload()
                                .workers(16)
                                .boundaries(1, 1)
                                .forms(Conditions.OWN_TAG, Mix.conditionalOnly()),
                        HistoryTarget.of(store())));
    }

    @Test
    void every_answer_is_right_when_two_instances_write_to_the_same_storage() throws Exception {
        List<HistoryTarget> both =
                List.of(HistoryTarget.of(store()), HistoryTarget.of(secondInstance()));

        expectRight(HistoryRunner.run(workload(), both));
    }

    private static void expectRight(HistoryReport report) {
        assertThat(report.counts()).as(report.toString()).isEmpty();
        assertThat(report.totals().accepted()).isPositive();
        assertThat(report.totals().conflicts()).as("conflicts").isPositive();
    }
}
