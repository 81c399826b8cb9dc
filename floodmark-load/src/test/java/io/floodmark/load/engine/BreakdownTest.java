package io.floodmark.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.floodmark.load.arrival.ArrivalNotation;
import io.floodmark.load.arrival.ArrivalProcess;
import io.floodmark.load.arrival.Arrivals;
import io.floodmark.load.arrival.Pacing;
import io.floodmark.load.time.SystemTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What breaks inside the generator ends the run with its cause, long before the planned end.
final class BreakdownTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final double RATE = 100;

    private final RunControl control = new RunControl();

    private EngineResult run(Pacing pacing, Workload workload) {
        LoadPlan plan =
                new LoadPlan(
                        pacing,
                        LONG,
                        2,
                        10,
                        QueuePolicy.REJECT,
                        Optional.of(Duration.ofMillis(200)),
                        42);
        return new Engine(SystemTime.INSTANCE, plan, workload, control).run((_, _) -> {});
    }

    private void assertEndedEarlyBy(EngineResult result, String... words) {
        assertThat(result.elapsedSeconds()).isLessThan(LONG.toSeconds() / 2.0);
        assertThat(control.requested())
                .get(type(RunControl.Stop.Aborted.class))
                .extracting(RunControl.Stop.Aborted::reason)
                .asString()
                .contains(words);
    }

    @Test
    void error_in_a_client_ends_the_run_and_the_books_close() {
        EngineResult result =
                run(
                        ArrivalNotation.parse("constant", RATE, LONG),
                        ScriptedWorkload.of(operation -> {
                            if (operation.sequence() == 20) {
                                throw new StackOverflowError("too deep");
                            }
                        }));

        assertEndedEarlyBy(
                result, "a client of the workload broke down", "StackOverflowError: too deep");
        assertThat(result.booksClosed()).isTrue();
        assertThat(result.account().failed()).isOne();
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo("StackOverflowError"));
    }

    @Test
    void client_that_fails_to_cancel_ends_the_run_and_the_books_close() {
        EngineResult result =
                run(ArrivalNotation.parse("constant", RATE, LONG), new Uncancellable());

        assertEndedEarlyBy(
                result, "the cancelling of operations broke down", "nothing to cancel with");
        assertThat(result.booksClosed()).isTrue();
        assertThat(result.timeouts().inService()).isPositive();
    }

    /// Its operations take longer than their deadline.
    private static final class Uncancellable implements Workload {
        private final Semaphore never = new Semaphore(0);

        @Override
        public List<OperationShare> operations() {
            return List.of(new OperationShare("slow", 100));
        }

        @Override
        public Client newClient(int worker) {
            return new Client() {
                @Override
                public void perform(Operation operation) throws InterruptedException {
                    operation.acquired();
                    operation.sent();
                    assertThat(never.tryAcquire(400, TimeUnit.MILLISECONDS)).isFalse();
                }

                @Override
                public void cancel() {
                    throw new IllegalStateException("nothing to cancel with");
                }
            };
        }
    }

    @Test
    void schedule_that_breaks_ends_the_run() {
        EngineResult result = run(new Pacing.Open(new Exhausted()), ScriptedWorkload.of(_ -> {}));

        assertEndedEarlyBy(result, "floodmark-schedule broke down", "no more arrivals");
    }

    /// Fails after a few arrivals.
    private record Exhausted() implements ArrivalProcess {

        @Override
        public Arrivals start(long seed) {
            long[] next = {0};
            return () -> {
                next[0] += Duration.ofMillis(10).toNanos();
                if (next[0] > Duration.ofMillis(100).toNanos()) {
                    throw new IllegalStateException("no more arrivals");
                }
                return next[0];
            };
        }

        @Override
        public double expectedWithin(Duration length) {
            return 10;
        }

        @Override
        public double peakPerSecond(Duration length) {
            return RATE;
        }

        @Override
        public String describe() {
            return "a few";
        }
    }
}
