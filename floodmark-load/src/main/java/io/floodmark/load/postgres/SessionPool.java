package io.floodmark.load.postgres;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// A small bounded pool of sessions for a load generator.
///
/// It exists because acquiring must honour each operation's own deadline, because waiting for a
/// session is measured apart from using it, because sessions own their prepared statements, and
/// because the bounds have the meaning of Go's `database/sql` (see [PoolBounds]); HikariCP offers
/// none of these.
///
/// Callers are served first come, first served: a released session goes to the caller that waits
/// longest. Missing sessions are opened in the background, [#OPENINGS_MAX] at a time; a caller
/// gives up at its deadline, and the session that was opened for it serves the next one. When the
/// server refuses, all who wait fail with its answer and the next attempt waits for
/// [OpeningBackoff]. A session that is being closed counts until it is closed, so that the server
/// never sees more than the bound.
///
/// *Threads.* Any thread may call anything. One lock guards all fields; it is never held while a
/// session is opened, closed or aborted, which happens on virtual threads. Each caller waits on a
/// condition of its own and gets its session under the lock: no wake-up is lost, no caller is
/// overtaken. While there are waiters there is no idle session. No allocation in acquire and
/// release when a session is idle.
///
/// @param <S> the session
public final class SessionPool<S extends AutoCloseable> implements AutoCloseable {

    /// Sessions opened at the same time: a bound on what opening costs the generator itself.
    static final int OPENINGS_MAX = 8;

    private static final Duration CLOSE_DEFAULT = Duration.ofSeconds(2);

    /// How long sessions may take to go after they were aborted.
    private static final Duration ABORT_MAX = Duration.ofSeconds(1);

    /// No session came free before the caller's deadline.
    public static final class Timeout extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient PoolStats stats;

        Timeout(PoolStats stats) {
            // Under overload there are thousands a second; their stacks say nothing.
            super(null, null, false, false);
            this.stats = stats;
        }

        @Override
        public String getMessage() {
            return "no connection came free before the deadline (%s)".formatted(stats);
        }
    }

    private final SessionOpener<S> opener;
    private final SessionCloser<S> closer;
    private final LongSupplier nanoClock;
    private final int maxOpenConfigured;
    private final int maxIdle;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<S> idle;
    private final IdentityHashMap<S, S> active;
    private final ArrayDeque<Waiter<S>> waiters = new ArrayDeque<>();
    private final OpeningBackoff backoff = new OpeningBackoff();
    private int maxOpen;
    private int closing;
    private int warmUpTarget;
    private long refusals;
    private Optional<SQLException> lastRefusal = Optional.empty();
    private boolean closed;

    /// A pool without sessions. `nanoClock` counts as [System#nanoTime()] does.
    public SessionPool(SessionFactory<S> factory, PoolBounds bounds, LongSupplier nanoClock) {
        this.opener = new SessionOpener<>(factory, this::opened, this::refused);
        this.closer = new SessionCloser<>(factory, this::closingEnded);
        this.nanoClock = nanoClock;
        this.maxOpenConfigured = bounds.maxOpen();
        this.maxOpen = bounds.maxOpen();
        this.maxIdle = bounds.maxIdle();
        this.idle = new ArrayDeque<>(bounds.maxOpen() + 1);
        this.active = new IdentityHashMap<>(bounds.maxOpen());
    }

    /// A session for the caller alone, to be given back by [#release] or [#discard].
    ///
    /// @param deadlineNanos moment of the pool's clock after which the caller does not want it
    /// @throws Timeout when the deadline passes; at once if it has passed and no session is idle
    /// @throws SQLException when the server refuses a new session, or the pool is closed
    public S acquire(long deadlineNanos) throws SQLException, Timeout, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw poolClosed();
            }
            S session = idle.pollLast();
            if (session == null) {
                return await(deadlineNanos);
            }
            active.put(session, session);
            return session;
        } finally {
            lock.unlock();
        }
    }

    private S await(long deadlineNanos) throws SQLException, Timeout, InterruptedException {
        Waiter<S> waiter = new Waiter<>(lock.newCondition());
        waiters.addLast(waiter);
        try {
            openMissing();
            waiter.await(deadlineNanos, nanoClock);
        } catch (InterruptedException e) {
            waiter.session().ifPresent(this::giveBack);
            throw e;
        } finally {
            if (!waiter.served()) {
                waiters.remove(waiter);
            }
        }
        if (!waiter.served()) {
            throw new Timeout(statsLocked());
        }
        return waiter.sessionOrFailure();
    }

    /// Gives a healthy session back.
    ///
    /// @throws IllegalStateException when the session is not a caller's
    public void release(S session) {
        lock.lock();
        try {
            giveBack(session);
        } finally {
            lock.unlock();
        }
    }

    /// Gives a broken session back: it is closed in the background and makes room for another.
    ///
    /// @throws IllegalStateException when the session is not a caller's
    public void discard(S session) {
        lock.lock();
        try {
            takeFromCaller(session);
            closeInBackground(session);
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(S session) {
        takeFromCaller(session);
        place(session, maxIdle);
    }

    private void takeFromCaller(S session) {
        if (active.remove(session) == null) {
            throw new IllegalStateException("the session was given back twice, or is not ours");
        }
    }

    /// Finds a place for a session that nobody holds: a waiter, the idle ones, or the end.
    private void place(S session, int idleMax) {
        // Those being closed do not count here: after a shrink they would drag healthy ones along.
        boolean tooMany = openLocked() - closing >= maxOpen;
        if (closed || tooMany) {
            closeInBackground(session);
            return;
        }
        Waiter<S> waiter = waiters.pollFirst();
        if (waiter != null) {
            active.put(session, session);
            waiter.serve(session);
        } else if (idle.size() < idleMax) {
            idle.addLast(session);
            changed.signalAll();
        } else {
            closeInBackground(session);
        }
    }

    private void closeInBackground(S session) {
        closing++;
        closer.close(session);
    }

    private void closingEnded() {
        locked(() -> {
            closing--;
            openMissing();
            changed.signalAll();
        });
    }

    /// Starts as many openings as waiters (or the warm-up) lack and the bounds allow.
    private void openMissing() {
        while (!closed && opener.count() < OPENINGS_MAX && wantsMore() && openLocked() < maxOpen) {
            long delayNanos = backoff.remaining(nanoClock.getAsLong());
            if (delayNanos > 0) {
                backoff.planRetry(delayNanos, this::retryOpening);
                return;
            }
            opener.start();
        }
    }

    private boolean wantsMore() {
        return waiters.size() > opener.count() || openLocked() - closing < warmUpTarget;
    }

    private int openLocked() {
        return active.size() + idle.size() + opener.count() + closing;
    }

    private void retryOpening() {
        locked(() -> {
            backoff.retryCame();
            openMissing();
        });
    }

    private void opened(S session) {
        locked(() -> {
            openingEnded();
            backoff.accepted();
            place(session, Math.max(maxIdle, warmUpTarget));
            openMissing();
        });
    }

    private void refused(SQLException failure) {
        locked(() -> {
            openingEnded();
            backoff.refused(nanoClock.getAsLong());
            refusals++;
            lastRefusal = Optional.of(failure);
            failWaiters(failure);
            openMissing();
        });
    }

    private void openingEnded() {
        opener.ended();
        changed.signalAll();
    }

    private void failWaiters(SQLException failure) {
        for (Waiter<S> waiter = waiters.pollFirst(); waiter != null; waiter = waiters.pollFirst()) {
            waiter.fail(failure);
        }
    }

    /// Opens sessions until there are `sessions`, and waits for them.
    ///
    /// @throws SQLException the first refusal
    /// @throws Timeout when they are not there in time
    public void warmUp(int sessions, Duration timeout)
            throws SQLException, Timeout, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (sessions > maxOpen) {
                throw new IllegalArgumentException(
                        "cannot open %d sessions in a pool of %d".formatted(sessions, maxOpen));
            }
            warmUpTarget = sessions;
            long refusalsBefore = refusals;
            openMissing();
            awaitWarm(sessions, timeout, refusalsBefore);
        } finally {
            warmUpTarget = 0;
            lock.unlock();
        }
    }

    private void awaitWarm(int sessions, Duration timeout, long refusalsBefore)
            throws SQLException, Timeout, InterruptedException {
        long left = timeout.toNanos();
        while (active.size() + idle.size() < sessions) {
            if (closed) {
                throw poolClosed();
            }
            if (refusals > refusalsBefore) {
                throw lastRefusal.orElseThrow();
            }
            if (left <= 0) {
                throw new Timeout(statsLocked());
            }
            left = changed.awaitNanos(left);
        }
    }

    /// Lets the pool have at most `sessions` from now on: idle ones above it go at once, those in
    /// use when they are given back. A later call may raise it again, never above [PoolBounds].
    public void shrinkTo(int sessions) {
        if (sessions < 1 || sessions > maxOpenConfigured) {
            throw new IllegalArgumentException(
                    "%d sessions are outside 1 to %d".formatted(sessions, maxOpenConfigured));
        }
        locked(() -> {
            maxOpen = sessions;
            while (!idle.isEmpty() && openLocked() - closing > maxOpen) {
                closeInBackground(idle.removeFirst());
            }
            openMissing();
        });
    }

    public PoolStats stats() {
        lock.lock();
        try {
            return statsLocked();
        } finally {
            lock.unlock();
        }
    }

    private PoolStats statsLocked() {
        return new PoolStats(
                openLocked() - opener.count(),
                active.size(),
                idle.size(),
                waiters.size(),
                opener.count());
    }

    /// Ends the pool: who waits fails at once, idle sessions are closed, those in use are awaited
    /// for `grace` and then broken off, also when the server is frozen.
    public void close(Duration grace) {
        startClosing();
        heldAfter(grace).forEach(closer::abort);
        // Who holds an aborted session may give it back whenever it comes to.
        locked(() -> awaitNone(() -> openLocked() - active.size(), ABORT_MAX));
    }

    /// As [#close(Duration)], with two seconds of grace.
    @Override
    public void close() {
        close(CLOSE_DEFAULT);
    }

    private void startClosing() {
        locked(() -> {
            closed = true;
            failWaiters(poolClosed());
            opener.interruptAll();
            idle.forEach(this::closeInBackground);
            idle.clear();
            changed.signalAll();
        });
    }

    /// What callers still hold when all is gone or `limit` has passed.
    private List<S> heldAfter(Duration limit) {
        lock.lock();
        try {
            awaitNone(this::openLocked, limit);
            return List.copyOf(active.keySet());
        } finally {
            lock.unlock();
        }
    }

    /// An interrupt ends the waiting, not the closing; it stays set.
    private void awaitNone(IntSupplier sessions, Duration limit) {
        try {
            long left = limit.toNanos();
            while (sessions.getAsInt() > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// For the paths that are not hot: the action is an allocation.
    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private static SQLException poolClosed() {
        return new SQLNonTransientConnectionException("the connection pool is closed", "08003");
    }
}
