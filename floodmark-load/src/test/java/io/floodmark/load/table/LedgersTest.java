package io.floodmark.load.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What the ledgers remember of writes, and what they conclude.
final class LedgersTest {

    private static final int ROW = 7;

    @Nested
    final class Inserts {

        private final InsertLedger ledger = new InsertLedger();

        private void acknowledge(long operation) {
            ledger.sent(operation);
            ledger.acknowledged(operation);
        }

        @Test
        void outcomes_are_kept_by_operation() {
            acknowledge(0);
            acknowledge(65_536);
            ledger.sent(65_535);
            ledger.sent((1L << 32) - 1);
            ledger.sent(2);
            ledger.refused(2);

            assertThat(ledger.outcome(0)).isEqualTo(InsertLedger.ACKNOWLEDGED);
            assertThat(ledger.outcome(65_536)).isEqualTo(InsertLedger.ACKNOWLEDGED);
            assertThat(ledger.outcome(65_535)).isEqualTo(InsertLedger.UNKNOWN);
            assertThat(ledger.outcome((1L << 32) - 1)).isEqualTo(InsertLedger.UNKNOWN);
            assertThat(ledger.outcome(1)).isEqualTo(InsertLedger.NONE);
            assertThat(ledger.outcome(2)).isEqualTo(InsertLedger.NONE);
            assertThat(ledger.outcome(9_999_999)).isEqualTo(InsertLedger.NONE);
            assertThat(ledger.acknowledged()).isEqualTo(2);
            assertThat(ledger.unknown()).isEqualTo(2);
        }

        @Test
        void acknowledgement_after_the_freeze_leaves_the_insert_unknown() {
            acknowledge(1);
            ledger.sent(2);
            ledger.freeze();
            ledger.acknowledged(2);

            assertThat(ledger.acknowledged()).isOne();
            assertThat(ledger.unknown()).isOne();
            assertThat(ledger.outcome(2)).isEqualTo(InsertLedger.UNKNOWN);
        }

        @Test
        void operations_that_no_run_can_have_have_no_outcome() {
            assertThat(ledger.outcome(-1)).isEqualTo(InsertLedger.NONE);
            assertThat(ledger.outcome(Long.MAX_VALUE)).isEqualTo(InsertLedger.NONE);
        }

        @Test
        void workers_that_need_the_same_new_page_lose_nothing() throws Exception {
            int workers = 8;
            long perWorker = 50_000;
            CountDownLatch ready = new CountDownLatch(workers);
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (long worker = 0; worker < workers; worker++) {
                long first = worker;
                tasks.add(() -> {
                    ready.countDown();
                    assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
                    for (long i = 0; i < perWorker; i++) {
                        acknowledge(first + i * workers);
                    }
                    return true;
                });
            }
            try (var threads = Executors.newFixedThreadPool(workers)) {
                for (Future<Boolean> task : threads.invokeAll(tasks)) {
                    assertThat(task.get()).isTrue();
                }
            }

            assertThat(ledger.acknowledged()).isEqualTo(workers * perWorker);
            for (long operation = 0; operation < workers * perWorker; operation++) {
                assertThat(ledger.outcome(operation)).isEqualTo(InsertLedger.ACKNOWLEDGED);
            }
        }
    }

    @Nested
    final class Updates {

        private final UpdateLedger ledger = new UpdateLedger();

        private void acknowledge(long operation, long sentNanos, long endedNanos) {
            ledger.sent(ROW, operation, sentNanos);
            ledger.acknowledged(ROW, operation, endedNanos);
        }

        @Test
        void later_update_replaces_one_that_ended_before_it_was_sent() {
            acknowledge(1, 100, 200);
            acknowledge(2, 300, 400);

            assertThat(ledger.mayBeLast(ROW, 2)).isTrue();
            assertThat(ledger.mayBeLast(ROW, 1)).as("2 is lost when 1 is there").isFalse();
            assertThat(ledger.acknowledgedRows()).isOne();
        }

        @Test
        void of_overlapping_updates_each_may_be_the_last() {
            acknowledge(1, 100, 350);
            acknowledge(2, 300, 400);

            assertThat(ledger.mayBeLast(ROW, 1)).isTrue();
            assertThat(ledger.mayBeLast(ROW, 2)).isTrue();
        }

        @Test
        void order_in_which_updates_are_noted_does_not_matter() {
            acknowledge(2, 300, 400);
            acknowledge(1, 100, 200);

            assertThat(ledger.mayBeLast(ROW, 2)).isTrue();
            assertThat(ledger.mayBeLast(ROW, 1)).isFalse();
        }

        @Test
        void update_of_unknown_outcome_may_always_be_the_last() {
            ledger.sent(ROW, 1, 50);
            acknowledge(2, 300, 400);
            acknowledge(3, 500, 600);

            assertThat(ledger.mayBeLast(ROW, 1)).isTrue();
            assertThat(ledger.mayBeLast(ROW, 3)).isTrue();
            assertThat(ledger.mayBeLast(ROW, 2)).isFalse();
            assertThat(ledger.unknown()).isOne();
        }

        @Test
        void row_with_unknown_updates_only_expects_none() {
            ledger.sent(ROW, 1, 50);

            assertThat(ledger.expectsUpdate(ROW)).isFalse();
            assertThat(ledger.acknowledgedRows()).isZero();
            assertThat(ledger.mayBeLast(ROW, 99)).isTrue();
        }

        @Test
        void update_that_the_server_refused_cannot_be_the_last() {
            acknowledge(1, 100, 200);
            ledger.sent(ROW, 2, 300);
            ledger.refused(ROW, 2);

            assertThat(ledger.mayBeLast(ROW, 1)).isTrue();
            assertThat(ledger.mayBeLast(ROW, 2)).isFalse();
            assertThat(ledger.unknown()).isZero();
        }

        @Test
        void acknowledgement_after_the_freeze_changes_nothing_of_what_is_expected() {
            acknowledge(1, 100, 200);
            ledger.sent(ROW, 2, 300);
            ledger.sent(ROW + 1, 3, 300);
            ledger.freeze();
            ledger.acknowledged(ROW, 2, 400);
            ledger.acknowledged(ROW + 1, 3, 400);

            assertThat(ledger.acknowledgedRows()).isOne();
            assertThat(ledger.unknown()).isEqualTo(2);
            assertThat(ledger.mayBeLast(ROW, 1)).isTrue();
            assertThat(ledger.mayBeLast(ROW, 2)).isTrue();
            assertThat(ledger.expectsUpdate(ROW + 1)).isFalse();
        }

        @Test
        void update_that_nobody_sent_is_not_taken_for_an_acknowledged_one() {
            acknowledge(1, 100, 200);

            assertThat(ledger.mayBeLast(ROW, 99)).isFalse();
            assertThat(ledger.expectsUpdate(ROW)).isTrue();
            assertThat(ledger.expectsUpdate(ROW + 1)).isFalse();
            assertThat(ledger.mayBeLast(ROW + 1, 99)).isTrue();
        }
    }
}
