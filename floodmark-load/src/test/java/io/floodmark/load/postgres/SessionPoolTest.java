package io.floodmark.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SessionPoolTest {

    private static final long SECOND = 1_000_000_000L;

    private final FakeSessions server = new FakeSessions();
    private final List<SessionPool<FakeSessions.Session>> pools = new ArrayList<>();

    @AfterEach
    void all_sessions_are_gone() throws Exception {
        pools.forEach(pool -> pool.close(Duration.ZERO));

        Awaiting.until("no session lives", () -> server.live.get() == 0);
    }

    @Test
    void released_session_is_used_again() throws Exception {
        var pool = pool(3, 3);

        FakeSessions.Session first = pool.acquire(in(SECOND));
        pool.release(first);

        assertThat(pool.acquire(in(SECOND))).isSameAs(first);
        assertThat(pool.stats()).isEqualTo(new PoolStats(1, 1, 0, 0, 0));
        assertThat(server.attempts).hasValue(1);
    }

    @Test
    void idle_session_is_acquired_and_released_without_allocation() throws Exception {
        var pool = pool(8, 8);
        pool.warmUp(8, Duration.ofSeconds(5));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        useOften(pool, rounds);

        long before = threads.getCurrentThreadAllocatedBytes();
        useOften(pool, rounds);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // Far less than the smallest object in each round; the measuring itself may allocate.
        assertThat(allocated).isLessThan(4L * rounds);
    }

    private static void useOften(SessionPool<FakeSessions.Session> pool, int rounds)
            throws Exception {
        long deadline = in(60 * SECOND);
        for (int round = 0; round < rounds; round++) {
            pool.release(pool.acquire(deadline));
        }
    }

    @Test
    void acquire_ends_at_its_deadline_when_all_sessions_are_taken() throws Exception {
        var pool = pool(1, 1);
        pool.acquire(in(SECOND));

        assertThatThrownBy(() -> pool.acquire(in(SECOND / 50)))
                .isInstanceOf(SessionPool.Timeout.class)
                .hasMessageContaining("1 open, 1 active, 0 idle");
        assertThat(pool.stats().waiting()).isZero();
    }

    @Test
    void idle_session_is_given_even_after_the_deadline() throws Exception {
        var pool = pool(1, 1);
        pool.warmUp(1, Duration.ofSeconds(5));

        assertThat(pool.acquire(in(-SECOND))).isNotNull();
    }

    @Test
    void session_opened_for_a_caller_that_gave_up_becomes_idle() throws Exception {
        var pool = pool(1, 1);
        server.gate = new CountDownLatch(1);

        assertThatThrownBy(() -> pool.acquire(in(SECOND / 50)))
                .isInstanceOf(SessionPool.Timeout.class);
        assertThat(pool.stats().opening()).isEqualTo(1);
        server.gate.countDown();

        Awaiting.until("it is idle", () -> pool.stats().idle() == 1);
        assertThat(server.attempts).hasValue(1);
    }

    @Test
    void callers_are_served_in_the_order_of_their_arrival() throws Exception {
        var pool = pool(1, 1);
        FakeSessions.Session only = pool.acquire(in(SECOND));
        Queue<Integer> served = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 20; caller++) {
            int number = caller;
            callers.add(Thread.ofVirtual().start(() -> useOnce(pool, () -> served.add(number))));
            Awaiting.until("it waits", () -> pool.stats().waiting() == number + 1);
        }

        pool.release(only);
        for (Thread caller : callers) {
            assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
        }

        assertThat(List.copyOf(served)).isSorted().hasSize(20);
    }

    @Test
    void refusal_fails_everyone_who_waits_with_the_servers_answer() throws Exception {
        var pool = pool(1, 1);
        server.gate = new CountDownLatch(1);
        server.refuses = () -> true;
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 5; caller++) {
            callers.add(
                    Thread.ofVirtual()
                            .start(() -> failures.add(failureOf(() -> pool.acquire(in(SECOND))))));
        }
        Awaiting.until("all wait", () -> pool.stats().waiting() == 5);

        server.gate.countDown();
        for (Thread caller : callers) {
            assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
        }

        assertThat(failures)
                .hasSize(5)
                .allSatisfy(failure ->
                        assertThat(failure)
                                .isInstanceOfSatisfying(
                                        SQLException.class,
                                        sql -> assertThat(sql.getSQLState()).isEqualTo("53300")));
        assertThat(server.attempts).hasValue(1);
    }

    @Test
    void dead_server_is_not_hammered_and_is_used_again_when_it_is_back() throws Exception {
        var pool = pool(4, 4);
        server.refuses = () -> true;
        long start = System.nanoTime();

        while (System.nanoTime() - start < SECOND / 2) {
            assertThat(failureOf(() -> pool.acquire(in(SECOND)))).isInstanceOf(SQLException.class);
        }
        // 0, 10, 30, 70, 150, 310, 510 ms: what is late makes fewer, never more.
        assertThat(server.attempts.get()).isBetween(2, 8);
        server.refuses = () -> false;

        assertThat(pool.acquire(in(5 * SECOND))).isNotNull();
    }

    @Test
    void bug_in_the_factory_fails_the_caller_and_frees_the_slot() throws Exception {
        var pool = pool(1, 1);
        server.refuses =
                () -> {
                    throw new IllegalStateException("broken");
                };

        assertThatThrownBy(() -> pool.acquire(in(SECOND)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("could not be prepared")
                .hasRootCauseMessage("broken");
        server.refuses = () -> false;

        assertThat(pool.acquire(in(SECOND))).isNotNull();
    }

    @Test
    void interrupt_ends_the_waiting() throws Exception {
        var pool = pool(1, 1);
        pool.acquire(in(SECOND));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> failure.set(failureOf(() -> pool.acquire(in(60 * SECOND)))));
        Awaiting.until("it waits", () -> pool.stats().waiting() == 1);

        caller.interrupt();

        assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        assertThat(pool.stats().waiting()).isZero();
    }

    @Test
    void idle_sessions_above_the_bound_are_closed_on_release() throws Exception {
        var pool = pool(3, 1);
        List<FakeSessions.Session> sessions =
                List.of(
                        pool.acquire(in(SECOND)),
                        pool.acquire(in(SECOND)),
                        pool.acquire(in(SECOND)));

        sessions.forEach(pool::release);

        Awaiting.until("two are closed", () -> server.live.get() == 1);
        Awaiting.until("one is idle", () -> pool.stats().equals(new PoolStats(1, 0, 1, 0, 0)));
    }

    @Test
    void discarded_session_is_closed_and_replaced() throws Exception {
        var pool = pool(1, 1);
        FakeSessions.Session broken = pool.acquire(in(SECOND));

        pool.discard(broken);

        assertThat(pool.acquire(in(5 * SECOND))).isNotSameAs(broken);
        assertThat(broken.gone()).isTrue();
        assertThat(server.liveMax).hasValue(1);
    }

    @Test
    void session_cannot_be_given_back_twice() throws Exception {
        var pool = pool(1, 1);
        FakeSessions.Session session = pool.acquire(in(SECOND));
        pool.release(session);

        assertThatThrownBy(() -> pool.release(session)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pool.discard(session)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void warm_up_opens_sessions_even_above_the_idle_bound() throws Exception {
        var pool = pool(20, 2);

        pool.warmUp(20, Duration.ofSeconds(10));

        assertThat(pool.stats()).isEqualTo(new PoolStats(20, 0, 20, 0, 0));
    }

    @Test
    void warm_up_throws_the_first_refusal() {
        var pool = pool(20, 20);
        server.refuses = () -> server.attempts.get() > 5;

        assertThatThrownBy(() -> pool.warmUp(20, Duration.ofSeconds(10)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("too many clients");
    }

    @Test
    void warm_up_gives_up_in_time_against_a_frozen_server() {
        var pool = pool(2, 2);
        server.gate = new CountDownLatch(1);

        assertThatThrownBy(() -> pool.warmUp(2, Duration.ofMillis(50)))
                .isInstanceOf(SessionPool.Timeout.class);
    }

    @Test
    void shrunken_pool_gives_up_sessions_and_may_grow_again() throws Exception {
        var pool = pool(4, 4);
        pool.warmUp(4, Duration.ofSeconds(10));
        FakeSessions.Session first = pool.acquire(in(SECOND));
        FakeSessions.Session second = pool.acquire(in(SECOND));

        pool.shrinkTo(1);
        Awaiting.until("the idle ones are closed", () -> pool.stats().open() == 2);
        pool.release(first);
        Awaiting.until("only one is left", () -> pool.stats().open() == 1);
        pool.release(second);

        assertThat(second.gone()).isFalse();
        pool.acquire(in(SECOND));
        assertThatThrownBy(() -> pool.acquire(in(SECOND / 50)))
                .isInstanceOf(SessionPool.Timeout.class);
        pool.shrinkTo(2);
        assertThat(pool.acquire(in(5 * SECOND))).isNotNull();
    }

    @Test
    void close_breaks_off_what_is_in_use_and_fails_who_waits() throws Exception {
        var pool = pool(1, 1);
        server.freezeOnClose = true;
        FakeSessions.Session held = pool.acquire(in(SECOND));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> failure.set(failureOf(() -> pool.acquire(in(60 * SECOND)))));
        Awaiting.until("it waits", () -> pool.stats().waiting() == 1);

        pool.close(Duration.ofMillis(20));
        pool.discard(held);

        assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
        assertThat(failure.get()).hasMessageContaining("closed");
        assertThat(held.gone()).isTrue();
        assertThatThrownBy(() -> pool.acquire(in(SECOND))).hasMessageContaining("closed");
    }

    @Test
    void frozen_session_is_aborted_when_it_does_not_close() throws Exception {
        var pool = pool(1, 1);
        server.freezeOnClose = true;
        pool.discard(pool.acquire(in(SECOND)));

        Awaiting.until("its slot is free", () -> pool.stats().open() == 0);

        assertThat(server.aborted).hasValue(1);
    }

    @Test
    void close_interrupts_openings_that_hang() throws Exception {
        var pool = pool(2, 2);
        server.gate = new CountDownLatch(1);
        assertThatThrownBy(() -> pool.warmUp(2, Duration.ofMillis(20)))
                .isInstanceOf(SessionPool.Timeout.class);

        pool.close(Duration.ofSeconds(10));

        assertThat(pool.stats()).isEqualTo(new PoolStats(0, 0, 0, 0, 0));
    }

    private SessionPool<FakeSessions.Session> pool(int maxOpen, int maxIdle) {
        var pool = new SessionPool<>(server, new PoolBounds(maxOpen, maxIdle), System::nanoTime);
        pools.add(pool);
        return pool;
    }

    private static void useOnce(SessionPool<FakeSessions.Session> pool, Runnable use) {
        Throwable failure =
                failureOf(() -> {
                    FakeSessions.Session session = pool.acquire(in(10 * SECOND));
                    use.run();
                    pool.release(session);
                });
        assertThat(failure).hasMessage("no failure");
    }

    /// What `call` throws; an exception with the message `no failure` when it throws nothing.
    private static Throwable failureOf(org.junit.jupiter.api.function.Executable call) {
        try {
            call.execute();
            return new AssertionError("no failure");
        } catch (Throwable e) {
            return e;
        }
    }

    private static long in(long nanos) {
        return System.nanoTime() + nanos;
    }
}
