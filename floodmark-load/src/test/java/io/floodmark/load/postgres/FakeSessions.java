package io.floodmark.load.postgres;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A server in memory: counts the sessions that live, and refuses, delays or freezes on demand.
final class FakeSessions implements SessionFactory<FakeSessions.Session> {

    final AtomicInteger live = new AtomicInteger();
    final AtomicInteger liveMax = new AtomicInteger();
    final AtomicInteger attempts = new AtomicInteger();
    final AtomicInteger aborted = new AtomicInteger();
    volatile BooleanSupplier refuses = () -> false;
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile boolean freezeOnClose;

    /// One session; knows whether somebody holds it.
    final class Session implements AutoCloseable {

        final AtomicBoolean held = new AtomicBoolean();
        private final AtomicBoolean gone = new AtomicBoolean();
        private final CountDownLatch broken = new CountDownLatch(1);

        boolean gone() {
            return gone.get();
        }

        @Override
        public void close() {
            while (freezeOnClose && broken.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            end();
        }

        private void end() {
            if (gone.compareAndSet(false, true)) {
                live.decrementAndGet();
            }
        }
    }

    @Override
    public Session open() throws SQLException {
        attempts.incrementAndGet();
        int now = live.incrementAndGet();
        try {
            if (!gate.await(1, TimeUnit.MINUTES) || refuses.getAsBoolean()) {
                throw new SQLNonTransientConnectionException("sorry, too many clients", "53300");
            }
        } catch (InterruptedException e) {
            live.decrementAndGet();
            throw new SQLNonTransientConnectionException("interrupted", "08006", e);
        } catch (SQLException | RuntimeException e) {
            live.decrementAndGet();
            throw e;
        }
        liveMax.accumulateAndGet(now, Math::max);
        return new Session();
    }

    @Override
    public void abort(Session session) {
        aborted.incrementAndGet();
        session.broken.countDown();
        session.end();
    }
}
