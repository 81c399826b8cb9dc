package io.floodmark.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many callers acquire, release, discard and give up at random while sessions fail to open and the
/// pool shrinks and grows; the invariants are checked on the way.
final class SessionPoolRaceTest {

    private static final int CALLERS = 60;
    private static final int ROUNDS = 400;
    private static final int MAX_OPEN = 7;

    /// A caller that is late by more than this was forgotten; generous, since the machine is
    /// shared.
    private static final long SLACK_NANOS = 5_000_000_000L;

    private final FakeSessions server = new FakeSessions();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger got = new AtomicInteger();
    private final AtomicInteger timedOut = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void invariants_hold_whatever_the_callers_do(long seed) throws Exception {
        server.refuses = () -> ThreadLocalRandom.current().nextInt(10) == 0;
        var pool = new SessionPool<>(server, new PoolBounds(MAX_OPEN, 4), System::nanoTime);
        SplittableRandom random = new SplittableRandom(seed);
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            SplittableRandom own = random.split();
            callers.add(Thread.ofVirtual().unstarted(() -> live(pool, own)));
        }

        callers.forEach(Thread::start);
        disturb(pool, callers, random);
        for (Thread caller : callers) {
            assertThat(caller.join(Duration.ofSeconds(60))).as("caller ends, %d", seed).isTrue();
        }

        pool.close(Duration.ofSeconds(5));
        assertThat(faults).as("seed %d", seed).isEmpty();
        assertThat(server.liveMax.get()).as("seed %d", seed).isLessThanOrEqualTo(MAX_OPEN);
        assertThat(server.live).as("all closed, seed %d", seed).hasValue(0);
        assertThat(pool.stats()).isEqualTo(new PoolStats(0, 0, 0, 0, 0));
        assertThat(got.get() + timedOut.get() + refused.get()).isPositive();
        assertThat(got).hasPositiveValue();
    }

    /// Shrinks and grows the pool and interrupts callers as long as they live.
    private static void disturb(
            SessionPool<?> pool, List<Thread> callers, SplittableRandom random) {
        while (callers.stream().anyMatch(Thread::isAlive)) {
            pool.shrinkTo(1 + random.nextInt(MAX_OPEN));
            callers.get(random.nextInt(CALLERS)).interrupt();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void live(SessionPool<FakeSessions.Session> pool, SplittableRandom random) {
        for (int round = 0; round < ROUNDS; round++) {
            long deadline = System.nanoTime() + random.nextInt(3_000_000);
            try {
                use(pool, pool.acquire(deadline), random);
                got.incrementAndGet();
            } catch (SessionPool.Timeout e) {
                timedOut.incrementAndGet();
            } catch (SQLException e) {
                refused.incrementAndGet();
            } catch (InterruptedException e) {
                // The disturber's interrupt; the next round starts afresh.
                continue;
            } catch (RuntimeException e) {
                faults.add("unexpected " + e);
            }
            if (System.nanoTime() - deadline > SLACK_NANOS) {
                faults.add("acquire ended late");
            }
        }
    }

    private void use(
            SessionPool<FakeSessions.Session> pool,
            FakeSessions.Session session,
            SplittableRandom random) {
        if (!session.held.compareAndSet(false, true)) {
            faults.add("session held twice");
        }
        if (session.gone()) {
            faults.add("closed session handed out");
        }
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(random.nextInt(300_000));
        }
        session.held.set(false);
        if (random.nextInt(8) == 0) {
            pool.discard(session);
        } else {
            pool.release(session);
        }
    }
}
