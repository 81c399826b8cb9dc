package io.floodmark.load.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.core.BaseConnection;

/// The end of one operation by force: first the cancel request, then the axe.
///
/// *Threads.* The watcher starts it, the worker reports the end of its operation; one virtual
/// thread sends the request, another waits for the grace. Operation and axe race for one atomic
/// verdict: whoever comes first decides whether the connection lives.
final class Cancellation {

    /// How long a worker whose operation was cancelled waits for the canceller to finish.
    private static final Duration SETTLE_MAX = Duration.ofMillis(500);

    private enum Verdict {
        OPEN,
        ENDED,
        ABORTED
    }

    private final Connection connection;
    private final Duration grace;
    private final AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.OPEN);
    private final CountDownLatch operationEnded = new CountDownLatch(1);
    private final CountDownLatch cancellerDone = new CountDownLatch(1);

    Cancellation(Connection connection, Duration grace) {
        this.connection = connection;
        this.grace = grace;
    }

    /// The driver swallows a cancel request that got no answer in time. A canceller that finished
    /// before that time really was answered, and grace and settling together are shorter.
    static Duration checkGrace(Duration grace) {
        Duration max =
                Duration.ofSeconds(ConnectionTarget.CANCEL_SIGNAL_TIMEOUT_SECONDS)
                        .minus(SETTLE_MAX);
        if (grace.isNegative() || grace.compareTo(max) >= 0) {
            throw new IllegalArgumentException(
                    "grace %d ms is outside 0 to %d ms"
                            .formatted(grace.toMillis(), max.toMillis() - 1));
        }
        return grace;
    }

    void start() {
        Thread.ofVirtual().name("floodmark-cancel").start(this::sendCancel);
        Thread.ofVirtual().name("floodmark-cancel-grace").start(this::abortAfterGrace);
    }

    private void sendCancel() {
        try {
            connection.unwrap(BaseConnection.class).cancelQuery();
        } catch (SQLException e) {
            // A request that cannot be sent leaves the work to the axe.
        } finally {
            cancellerDone.countDown();
        }
    }

    private void abortAfterGrace() {
        boolean ended = false;
        try {
            ended = operationEnded.await(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Nobody owns this thread; an interrupt only shortens the grace.
            Thread.currentThread().interrupt();
        }
        if (!ended && verdict.compareAndSet(Verdict.OPEN, Verdict.ABORTED)) {
            abort(connection);
        }
    }

    /// The worker is back; `false` when its connection is being or has been broken off.
    boolean operationEnded() {
        boolean first = verdict.compareAndSet(Verdict.OPEN, Verdict.ENDED);
        operationEnded.countDown();
        return first;
    }

    /// Waits until no cancel request can be on its way; `false` when that is not certain.
    boolean awaitCanceller() {
        try {
            return cancellerDone.await(SETTLE_MAX.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // Only a connection that is already gone refuses, and gone is what we want.
        }
    }
}
