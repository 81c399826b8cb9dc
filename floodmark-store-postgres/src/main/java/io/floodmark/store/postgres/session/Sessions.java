package io.floodmark.store.postgres.session;

import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.StoreException;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.postgres.observe.Footprint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections of one server, at most a given number at the same time, handed out in order of
/// arrival, for work that ends by a deadline or an interrupt.
///
/// *Threads:* for all. The queue in front of the pool is fair, which pools are not: with many more
/// callers than connections, nobody starves. The work runs on a thread of its own, because neither
/// a driver that reads nor a pool that connects can be interrupted; the caller waits, and when it
/// may wait no longer, cancels and goes. That thread is a platform thread, kept for the next work:
/// a virtual one would be woken by way of two others for each answer of the server.
public final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /// How long after its deadline a statement may take to end before its socket is given up.
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final int WAITERS_MAX = 1_000_000;
    private static final long IDLE_THREAD_SECONDS = 30;

    private final String server;
    private final DataSource source;
    private final Semaphore free;
    private final HeadSeen headSeen = new HeadSeen();
    private final Set<Session> running = ConcurrentHashMap.newKeySet();

    /// As many as work at the same time; [#free] bounds them.
    private final ExecutorService threads;

    private volatile boolean closed;

    /// Connections of `source`.
    ///
    /// @param server what the server is called in messages, as in "primary"
    /// @param connectionsMax not more than `source` gives
    public Sessions(String server, DataSource source, int connectionsMax) {
        this.server = server;
        this.source = source;
        this.free = new Semaphore(connectionsMax, true);
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform()
                                .daemon()
                                .name("floodmark-" + server + "-", 1)
                                .factory());
    }

    /// Work on a connection.
    ///
    /// @param <T> what it gives
    @FunctionalInterface
    public interface Work<T> {
        /// Does the work with statements that [Session#prepare] made.
        T run(Session session) throws SQLException;
    }

    /// What the server is called in messages.
    public String server() {
        return server;
    }

    /// Runs `work` that writes nothing.
    ///
    /// @param what what the work is, as in "could not `what`"
    public <T> T read(String what, Deadline deadline, Work<T> work) {
        acquire(what, deadline);
        var session = new Session(headSeen);
        FutureTask<T> task = start(session, deadline, work);
        try {
            return await(task, deadline.remainingNanos(), what);
        } catch (TimeoutException e) {
            session.cancel();
            throw deadline.exceeded(what + " on the " + server);
        } catch (InterruptedException e) {
            session.cancel();
            throw Deadline.cancelled(what);
        }
    }

    /// Runs `work` that writes one transaction. A caller who may wait no longer still waits for the
    /// outcome of the cancelled statement, for [#GRACE] at most.
    ///
    /// @throws AppendOutcomeUnknown when nobody can say whether it was written
    public <T> T write(String what, Deadline deadline, Work<T> work) {
        acquire(what, deadline);
        var session = new Session(headSeen);
        FutureTask<T> task = start(session, deadline, work);
        try {
            return awaitWritten(session, task, deadline.remainingNanos(), what);
        } catch (TimeoutException e) {
            return outcome(session, task, what, deadline.exceeded(what + " on the " + server));
        } catch (InterruptedException e) {
            T late = outcome(session, task, what, Deadline.cancelled(what));
            Thread.currentThread().interrupt();
            return late;
        }
    }

    private <T> T outcome(
            Session session, FutureTask<T> task, String what, StoreException notWritten) {
        session.cancel();
        boolean interrupted = Thread.interrupted();
        try {
            return awaitWritten(session, task, GRACE.toNanos(), what);
        } catch (AppendOutcomeUnknown e) {
            throw e;
        } catch (StoreException e) {
            throw notWritten;
        } catch (TimeoutException | InterruptedException e) {
            throw unknown(what, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// A connection that is lost while a statement runs says nothing about the statement.
    private <T> T awaitWritten(Session session, FutureTask<T> task, long nanos, String what)
            throws TimeoutException, InterruptedException {
        try {
            return await(task, nanos, what);
        } catch (StoreUnavailable e) {
            if (session.hasBegun()
                    && e.getCause() instanceof SQLException sql
                    && SqlFailures.isConnectionLost(sql)) {
                throw unknown(what, sql);
            }
            throw e;
        }
    }

    private AppendOutcomeUnknown unknown(String what, Exception cause) {
        return new AppendOutcomeUnknown(
                "it is unknown whether this was done on the %s: %s; it is safe to repeat"
                        .formatted(server, what),
                cause);
    }

    private void acquire(String what, Deadline deadline) {
        checkOpen();
        deadline.check(what);
        try {
            if (!free.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.exceeded(what + ": no free connection to the " + server);
            }
        } catch (InterruptedException e) {
            throw Deadline.cancelled(what);
        }
        if (closed) {
            free.release();
            throw ended(what);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private static OperationCancelled ended(String what) {
        return new OperationCancelled(
                "the store was closed: could not " + what + "; nothing was written");
    }

    private <T> FutureTask<T> start(Session session, Deadline deadline, Work<T> work) {
        var task =
                new FutureTask<T>(() -> {
                    running.add(session);
                    try (Connection connection = source.getConnection()) {
                        return run(connection, session, deadline, work);
                    } finally {
                        running.remove(session);
                        free.release();
                    }
                });
        threads.execute(Footprint.current().carried(task));
        return task;
    }

    private <T> T run(Connection connection, Session session, Deadline deadline, Work<T> work)
            throws SQLException {
        long remaining = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos());
        connection.setNetworkTimeout(Runnable::run, (int) (remaining + GRACE.toMillis()));
        Footprint footprint = Footprint.current();
        footprint.toServer();
        try {
            session.connected(connection);
            return work.run(session);
        } finally {
            footprint.fromServer();
            resetNetworkTimeout(connection);
        }
    }

    private void resetNetworkTimeout(Connection connection) {
        try {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, 0);
            }
        } catch (SQLException e) {
            LOG.debug("a broken connection to the {} goes back to its pool", server, e);
        }
    }

    private <T> T await(FutureTask<T> task, long nanos, String what)
            throws TimeoutException, InterruptedException {
        try {
            return task.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException _ when closed -> throw ended(what);
                case SQLException sql ->
                        throw SqlFailures.beforeWriting(what + " on the " + server, sql);
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// How many calls wait for a connection.
    public int waiting() {
        return free.getQueueLength();
    }

    /// Ends all that runs or waits; the data source stays open.
    @Override
    public void close() {
        closed = true;
        running.forEach(Session::cancel);
        // Lets those through that wait for a connection: they find the store closed.
        free.release(WAITERS_MAX);
    }
}
