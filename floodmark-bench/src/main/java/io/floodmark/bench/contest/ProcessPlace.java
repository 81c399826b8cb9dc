package io.floodmark.bench.contest;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.StoreUnavailable;
import io.floodmark.store.tck.history.HistoryTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One of the places for processes: whenever its process dies, another is started. Appends go to
/// the process that lives, reads to a store of the judging process itself.
///
/// *Threads.* Any; one of its own starts processes.
final class ProcessPlace implements HistoryTarget, AutoCloseable {

    /// Processes in a row that do not come up before the place is given up.
    private static final int FAILED_STARTS_MAX = 5;

    private final Order.Open open;
    private final HistoryTarget reader;
    private final Tally tally;
    private final Thread keeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable RunningProcess living;
    private boolean closed;

    ProcessPlace(Order.Open open, HistoryTarget reader, Tally tally) {
        this.open = open;
        this.reader = reader;
        this.tally = tally;
        this.keeper = Thread.ofPlatform().name("contest-keeper").daemon().start(this::keep);
    }

    private void keep() {
        int failedStarts = 0;
        try {
            while (!isClosed() && failedStarts < FAILED_STARTS_MAX) {
                RunningProcess process = RunningProcess.start(open);
                if (process.awaitReady()) {
                    failedStarts = 0;
                    publish(process);
                } else if (!process.wasKilled()) {
                    failedStarts++;
                    process.kill();
                    tally.unwanted();
                    continue;
                }
                if (isClosed()) {
                    process.end();
                    return;
                }
                process.awaitDeath();
                publish(null);
                account(process);
            }
        } catch (IOException e) {
            tally.unwanted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void account(RunningProcess process) {
        if (process.wasKilled()) {
            tally.killed(process.stoppedAt());
        } else if (!isClosed()) {
            tally.unwanted();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void publish(@Nullable RunningProcess process) {
        lock.lock();
        try {
            living = process;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The process, if one lives.
    Optional<RunningProcess> living() {
        lock.lock();
        try {
            return Optional.ofNullable(living);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public AppendResult append(List<Event> events, AppendCondition condition, Duration timeout) {
        boolean sent = false;
        try {
            RunningProcess process = awaitLiving(timeout);
            sent = true;
            return process.append(new Attempt(events, condition, timeout));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (sent) {
                throw new AppendOutcomeUnknown("interrupted while the process was at work", e);
            }
            throw new StoreUnavailable("interrupted before a process was up", e);
        }
    }

    private RunningProcess awaitLiving(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0) {
                if (living != null && !living.isOver()) {
                    return living;
                }
                left = changed.awaitNanos(left);
            }
            throw new StoreUnavailable("no process came up within " + timeout);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public EventStream read(ReadRequest request, Duration timeout) {
        return reader.read(request, timeout);
    }

    @Override
    public Position head() {
        return reader.head();
    }

    /// Waits for a first process.
    void awaitUp(Duration timeout) throws InterruptedException {
        RunningProcess _ = awaitLiving(timeout);
    }

    /// Lets the process end its work, and starts no other.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        try {
            Optional<RunningProcess> last = living();
            if (last.isPresent()) {
                last.get().end();
            }
            keeper.join(TimeUnit.MINUTES.toMillis(3));
        } catch (InterruptedException e) {
            keeper.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
