package io.floodmark.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.arrival.ArrivalNotation;
import io.floodmark.load.record.Account;
import io.floodmark.load.record.Interval;
import io.floodmark.load.time.SystemTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EngineTest {

    private static final Duration DEADLINE = Duration.ofMillis(200);

    private final List<Interval> intervals = new ArrayList<>();
    private final RunControl control = new RunControl();

    private EngineResult run(LoadPlan plan, Workload workload) {
        return new Engine(SystemTime.INSTANCE, plan, workload, control)
                .run((interval, _) -> intervals.add(interval));
    }

    private static LoadPlan plan(String arrival, double rate, long millis, QueuePolicy policy) {
        return plan(arrival, rate, millis, policy, Optional.of(DEADLINE));
    }

    private static LoadPlan plan(
            String arrival,
            double rate,
            long millis,
            QueuePolicy policy,
            Optional<Duration> deadline) {
        Duration duration = Duration.ofMillis(millis);
        return new LoadPlan(
                ArrivalNotation.parse(arrival, rate, duration),
                duration,
                4,
                10,
                policy,
                deadline,
                42);
    }

    private void assertClosed(EngineResult result) {
        Account account = result.account();
        assertThat(account.residual()).as("residual of %s", account).isZero();
        assertThat(result.booksClosed()).as("books of %s", account).isTrue();
        Account sum = Account.EMPTY;
        for (Interval interval : intervals) {
            assertThat(interval.account().residual()).as("%s", interval).isZero();
            sum = interval.account();
        }
        assertThat(sum).isEqualTo(account);
    }

    @Nested
    class A_target_that_keeps_up {

        @Test
        void completes_every_arrival_of_the_schedule() {
            EngineResult result =
                    run(
                            plan("constant", 1000, 2500, QueuePolicy.WAIT),
                            ScriptedWorkload.of(_ -> {}));

            assertClosed(result);
            assertThat(result.account().due()).isEqualTo(2500);
            assertThat(result.account().failed() + result.account().rejected()).isZero();
            assertThat(result.total().response().count()).isEqualTo(2500);
            assertThat(intervals).hasSizeBetween(2, 3);
        }

        @Test
        void performs_each_operation_once_with_its_own_sequence() {
            AtomicLong sum = new AtomicLong();

            EngineResult result =
                    run(
                            plan("constant", 2000, 1000, QueuePolicy.WAIT, Optional.empty()),
                            ScriptedWorkload.of(operation -> sum.addAndGet(operation.sequence())));

            long performed = result.account().done();
            assertThat(performed + result.account().inQueue()).isEqualTo(2000);
            assertThat(sum.get()).isEqualTo(performed * (performed - 1) / 2);
        }
    }

    @Nested
    class A_target_on_which_others_are_faster {

        @Test
        void has_its_conflicts_in_the_account_and_their_time_as_a_lower_bound() {
            EngineResult result =
                    run(
                            plan("constant", 1000, 1000, QueuePolicy.WAIT),
                            ScriptedWorkload.of(operation -> {
                                if (operation.sequence() % 4 == 0) {
                                    throw new ConflictedOperation();
                                }
                            }));

            assertClosed(result);
            assertThat(result.account().conflicted()).isEqualTo(250);
            assertThat(result.account().done()).isEqualTo(750);
            assertThat(result.account().failed()).isZero();
            assertThat(result.failures()).isEmpty();
            assertThat(result.total().conflicted()).isEqualTo(250);
            assertThat(result.total().response().count()).isEqualTo(1000);
            assertThat(result.total().response().censored()).isEqualTo(250);
        }

        @Test
        void times_out_when_it_gives_up_after_the_deadline() {
            Semaphore never = new Semaphore(0);
            EngineResult result =
                    run(
                            plan("constant", 10, 500, QueuePolicy.WAIT),
                            ScriptedWorkload.of(_ -> {
                                try {
                                    never.acquire();
                                } catch (InterruptedException _) {
                                    throw new ConflictedOperation();
                                }
                            }));

            assertClosed(result);
            assertThat(result.account().conflicted()).isZero();
            assertThat(result.account().timedOut()).isEqualTo(5);
        }
    }

    @Nested
    class A_target_that_is_too_slow {

        private final Semaphore never = new Semaphore(0);

        @Test
        void gets_its_surplus_rejected_and_the_account_closes() {
            EngineResult result =
                    run(
                            plan("poisson", 800, 2000, QueuePolicy.REJECT),
                            ScriptedWorkload.of(_ -> pause(10)));

            assertClosed(result);
            assertThat(result.account().rejected()).isPositive();
            assertThat(result.account().done()).isPositive();
            assertThat(result.queueDepthMax()).isEqualTo(10);
        }

        @Test
        void leaves_arrivals_never_started_under_the_waiting_policy_and_each_is_counted() {
            EngineResult result =
                    run(
                            plan("constant", 800, 1500, QueuePolicy.WAIT, Optional.empty()),
                            ScriptedWorkload.of(_ -> pause(10)));

            assertClosed(result);
            assertThat(result.account().due()).isEqualTo(1200);
            assertThat(result.account().inQueue()).isGreaterThan(100);
            assertThat(result.account().rejected()).isZero();
            assertThat(result.total().response().count()).isEqualTo(1200);
            assertThat(result.total().response().p99().lowerBound()).isTrue();
        }

        @Test
        void is_not_asked_for_late_arrivals_under_the_skipping_policy() {
            EngineResult result =
                    run(
                            plan("constant", 800, 2000, QueuePolicy.SKIP_LATE),
                            ScriptedWorkload.of(_ -> pause(10)));

            assertClosed(result);
            assertThat(result.account().skipped()).isPositive();
            assertThat(result.account().rejected()).isZero();
        }

        @Test
        void never_has_more_operations_in_flight_than_there_are_workers() {
            ScriptedWorkload workload = ScriptedWorkload.of(_ -> pause(3));

            run(plan("constant", 5000, 1000, QueuePolicy.REJECT), workload);

            assertThat(workload.runningMax().get()).isEqualTo(4);
        }

        @Test
        void is_cancelled_at_the_deadline_and_its_workers_come_free() {
            EngineResult result =
                    run(
                            plan("constant", 50, 2000, QueuePolicy.REJECT),
                            ScriptedWorkload.of(operation -> {
                                operation.acquired();
                                operation.sent();
                                never.acquire();
                            }));

            assertClosed(result);
            assertThat(result.account().done()).isZero();
            assertThat(result.timeouts().inService()).isGreaterThan(20);
            assertThat(result.account().inFlight()).isZero();
            assertThat(result.total().response().p50().millis()).isGreaterThanOrEqualTo(200);
            assertThat(result.total().response().p50().lowerBound()).isTrue();
        }

        @Test
        void lets_arrivals_expire_in_the_queue_which_is_told_apart() {
            EngineResult result =
                    run(
                            plan("constant", 100, 2000, QueuePolicy.WAIT),
                            ScriptedWorkload.of(_ -> holdForMillis(150)));

            assertClosed(result);
            assertThat(result.timeouts().inQueue()).isPositive();
            assertThat(result.timeouts().inPool()).isZero();
        }

        private static void holdForMillis(long millis) {
            long until = SystemTime.INSTANCE.nanos() + millis * 1_000_000;
            while (SystemTime.INSTANCE.nanos() < until) {
                SystemTime.INSTANCE.parkUntil(until);
                Thread.interrupted();
            }
        }

        @Test
        void that_never_comes_back_leaves_unfinished_operations_in_the_account() {
            CountDownLatch release = new CountDownLatch(1);

            EngineResult result =
                    run(
                            plan("constant", 20, 500, QueuePolicy.REJECT),
                            ScriptedWorkload.of(_ -> awaitUninterruptibly(release)));
            release.countDown();

            assertClosed(result);
            assertThat(result.account().inFlight()).isEqualTo(4);
            assertThat(result.account().inQueue()).isEqualTo(6);
        }

        private void pause(long millis) throws InterruptedException {
            boolean acquired = never.tryAcquire(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
            assertThat(acquired).isFalse();
        }

        private static void awaitUninterruptibly(CountDownLatch latch) {
            boolean open = false;
            while (!open) {
                try {
                    latch.await();
                    open = true;
                } catch (InterruptedException _) {
                    // stays, as a frozen system call would
                }
            }
        }
    }

    @Nested
    class A_target_that_freezes {

        /// In a run of T seconds with a freeze of S seconds, arrivals of the freeze wait evenly
        /// between 0 and S: the quantile q above 1 - S/T is S · (q - (1 - S/T)) / (S/T).
        @Test
        void shows_the_freeze_in_the_percentiles_as_the_arrivals_felt_it() {
            AtomicLong start = new AtomicLong();
            CountDownLatch thaw = new CountDownLatch(1);

            EngineResult result =
                    run(
                            plan("constant", 500, 4000, QueuePolicy.WAIT, Optional.empty()),
                            ScriptedWorkload.of(
                                    operation -> freezeFromSecondOneToTwo(operation, start, thaw)));

            assertClosed(result);
            assertThat(result.account().due()).isEqualTo(2000);
            assertThat(result.account().failed() + result.account().rejected()).isZero();
            assertThat(result.total().response().p90().millis()).isBetween(520.0, 760.0);
            assertThat(result.total().response().p99().millis()).isBetween(880.0, 1100.0);
        }

        private static void freezeFromSecondOneToTwo(
                Operation operation, AtomicLong start, CountDownLatch thaw)
                throws InterruptedException {
            start.compareAndSet(0, operation.dueNanos);
            long sinceStart = operation.dueNanos - start.get();
            if (sinceStart >= 1_000_000_000L
                    && sinceStart < 2_000_000_000L
                    && thaw.getCount() > 0) {
                long left = 2_000_000_000L - (SystemTime.INSTANCE.nanos() - start.get());
                boolean thawed = thaw.await(left, java.util.concurrent.TimeUnit.NANOSECONDS);
                if (!thawed) {
                    thaw.countDown();
                }
            }
        }
    }

    @Nested
    class Failures {

        @Test
        void are_counted_by_kind_and_stay_out_of_the_percentiles() {
            AtomicLong thrown = new AtomicLong();

            EngineResult result =
                    run(
                            plan("constant", 500, 1000, QueuePolicy.WAIT, Optional.empty()),
                            ScriptedWorkload.of(operation -> {
                                if (operation.sequence() % 5 == 0) {
                                    thrown.incrementAndGet();
                                    throw new FailedOperation(
                                            "23 test",
                                            "row " + operation.sequence(),
                                            new IllegalStateException());
                                }
                            }));

            assertClosed(result);
            assertThat(result.account().failed()).isEqualTo(thrown.get()).isPositive();
            assertThat(result.failures())
                    .singleElement()
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo("23 test");
                        assertThat(failure.count()).isEqualTo(thrown.get());
                        assertThat(failure.example()).startsWith("row ");
                    });
            assertThat(result.total().response().count())
                    .isEqualTo(result.account().done() + result.account().inQueue());
        }
    }

    @Nested
    class Stopping {

        @Test
        void ends_arrivals_at_once_and_finishes_what_is_in_flight() {
            AtomicLong performed = new AtomicLong();

            EngineResult result =
                    run(
                            plan("constant", 100, 60_000, QueuePolicy.WAIT),
                            ScriptedWorkload.of(_ -> {
                                if (performed.incrementAndGet() == 50) {
                                    control.stop(new RunControl.Stop.Interrupted());
                                }
                            }));

            assertClosed(result);
            assertThat(result.elapsedSeconds()).isBetween(0.4, 10.0);
            assertThat(result.account().due()).isLessThan(1000);
            assertThat(result.account().inFlight()).isZero();
        }
    }

    @Nested
    class Seconds_in_which_nothing_ends {

        @Test
        void have_no_mean_response_at_all() {
            EngineResult result =
                    run(
                            plan("constant", 0.4, 6_000, QueuePolicy.WAIT, Optional.empty()),
                            ScriptedWorkload.of(_ -> {}));

            assertThat(intervals).hasSizeGreaterThan(4);
            assertThat(result.account().done()).isBetween(2L, 3L);
            assertThat(result.responseMeans())
                    .hasSameSizeAs(intervals.stream().filter(i -> i.delta().done() > 0).toList())
                    .allSatisfy(mean -> assertThat(mean.millis()).isPositive())
                    .extracting(MeanResponse::startSeconds)
                    .isEqualTo(
                            intervals.stream()
                                    .filter(i -> i.delta().done() > 0)
                                    .map(Interval::startSeconds)
                                    .toList());
        }
    }

    @Nested
    class A_closed_loop {

        @Test
        void keeps_every_worker_busy_and_accounts_for_each_operation() {
            EngineResult result =
                    run(plan("closed", 1, 1000, QueuePolicy.REJECT), ScriptedWorkload.of(_ -> {}));

            assertClosed(result);
            assertThat(result.account().done()).isGreaterThan(10_000);
            assertThat(result.account().inQueue()).isZero();
        }
    }
}
