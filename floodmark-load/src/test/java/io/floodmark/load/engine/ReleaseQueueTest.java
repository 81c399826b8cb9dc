package io.floodmark.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.time.SystemTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ReleaseQueueTest {

    private static Operation operation() {
        return new Operation(SystemTime.INSTANCE);
    }

    @Test
    void gives_arrivals_out_in_order_with_what_was_put_in() {
        ReleaseQueue queue = new ReleaseQueue(3);
        Operation taken = operation();

        assertThat(queue.offer(10, 11, 0, true)).isTrue();
        assertThat(queue.offer(20, 21, 1, false)).isTrue();

        assertThat(queue.poll(taken)).isTrue();
        assertThat(taken.sequence()).isZero();
        assertThat(taken.dueNanos).isEqualTo(10);
        assertThat(taken.releasedNanos).isEqualTo(11);
        assertThat(taken.workerWasFree).isTrue();
        assertThat(queue.poll(taken)).isTrue();
        assertThat(taken.sequence()).isEqualTo(1);
        assertThat(taken.kind()).isEqualTo(1);
        assertThat(queue.poll(taken)).isFalse();
    }

    @Test
    void refuses_what_is_beyond_its_capacity_which_need_not_be_a_power_of_two() {
        ReleaseQueue queue = new ReleaseQueue(5);
        for (int i = 0; i < 5; i++) {
            assertThat(queue.offer(i, i, 0, false)).isTrue();
        }

        assertThat(queue.offer(5, 5, 0, false)).isFalse();
        assertThat(queue.drainDepthMax()).isEqualTo(5);

        queue.poll(operation());
        assertThat(queue.offer(6, 6, 0, false)).isTrue();
    }

    @Test
    void a_closed_queue_gives_nothing_to_workers_but_can_be_drained() {
        ReleaseQueue queue = new ReleaseQueue(4);
        queue.offer(1, 1, 0, false);
        queue.offer(2, 2, 0, false);
        queue.close();

        assertThat(queue.poll(operation())).isFalse();
        assertThat(queue.drain(operation())).isTrue();
        assertThat(queue.drain(operation())).isTrue();
        assertThat(queue.drain(operation())).isFalse();
        assertThat(queue.taken()).as("taken by workers").isZero();
    }

    /// One producer, several workers that wait as in a run: each arrival is taken exactly once.
    @RepeatedTest(5)
    void loses_and_doubles_nothing_among_racing_workers() throws InterruptedException {
        int arrivals = 200_000;
        int workers = 6;
        ReleaseQueue queue = new ReleaseQueue(7);
        IdleWorkers idle = new IdleWorkers(workers);
        AtomicIntegerArray taken = new AtomicIntegerArray(arrivals);
        List<Thread> threads = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            int number = worker;
            Thread thread =
                    Thread.ofPlatform()
                            .unstarted(() -> {
                                Operation operation = operation();
                                while (idle.awaitWork(number, queue, operation)) {
                                    assertThat(operation.dueNanos).isEqualTo(operation.sequence());
                                    taken.incrementAndGet((int) operation.sequence());
                                }
                            });
            idle.register(worker, thread);
            threads.add(thread);
        }
        threads.forEach(Thread::start);

        for (int arrival = 0; arrival < arrivals; arrival++) {
            while (!queue.offer(arrival, arrival, 0, idle.anyFree())) {
                Thread.onSpinWait();
            }
            idle.wakeOne();
        }
        awaitEmpty(queue);
        queue.close();
        idle.wakeAll();
        for (Thread thread : threads) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }

        for (int arrival = 0; arrival < arrivals; arrival++) {
            assertThat(taken.get(arrival)).as("arrival %d", arrival).isEqualTo(1);
        }
    }

    private static void awaitEmpty(ReleaseQueue queue) {
        long limit = SystemTime.INSTANCE.nanos() + 10_000_000_000L;
        while (!queue.isEmpty()) {
            assertThat(SystemTime.INSTANCE.nanos()).as("a wake-up was lost").isLessThan(limit);
            Thread.onSpinWait();
        }
    }
}
