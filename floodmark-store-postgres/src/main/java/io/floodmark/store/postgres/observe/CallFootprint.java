package io.floodmark.store.postgres.observe;

import io.floodmark.store.observe.AnsweredBy;
import io.floodmark.store.observe.OngoingOperation;
import io.floodmark.store.observe.OperationEnd;
import io.floodmark.store.observe.Outcome;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The footprint of a call that a listener was told of.
final class CallFootprint implements Footprint {
    static final ScopedValue<Footprint> CURRENT = ScopedValue.newInstance();

    private final OngoingOperation operation;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock. Statements that go on count from their begin: the sum has it subtracted.
    private long sqlNanos;
    private int statementsRunning;
    private AnsweredBy server = AnsweredBy.NOBODY;
    private int events;
    private long bytes;
    private boolean repeated;
    private boolean answerLost;

    CallFootprint(OngoingOperation operation, LongSupplier nanos) {
        this.operation = operation;
        this.nanos = nanos;
    }

    @Override
    public Runnable carried(Runnable work) {
        return () -> ScopedValue.where(CURRENT, this).run(() -> operation.within(work));
    }

    @Override
    public void toServer() {
        long now = nanos.getAsLong();
        locked(() -> {
            sqlNanos -= now;
            statementsRunning++;
        });
    }

    @Override
    public void fromServer() {
        long now = nanos.getAsLong();
        locked(() -> {
            sqlNanos += now;
            statementsRunning--;
        });
    }

    @Override
    public void sharedSql(long spent) {
        locked(() -> sqlNanos += spent);
    }

    @Override
    public void answeredBy(AnsweredBy answering) {
        locked(() -> server = answering);
    }

    @Override
    public void moved(int eventsMoved, long bytesMoved) {
        locked(() -> {
            events = eventsMoved;
            bytes = bytesMoved;
        });
    }

    @Override
    public void repeated() {
        locked(() -> repeated = true);
    }

    @Override
    public void answerLost() {
        locked(() -> answerLost = true);
    }

    boolean isRepeated() {
        lock.lock();
        try {
            return repeated && !answerLost;
        } finally {
            lock.unlock();
        }
    }

    /// What was left behind until now; what still goes on does not change it any more.
    OperationEnd end(Outcome outcome) {
        boolean failed = outcome instanceof Outcome.Failed;
        long now = nanos.getAsLong();
        lock.lock();
        try {
            return new OperationEnd(
                    outcome,
                    failed ? 0 : events,
                    failed ? 0 : bytes,
                    Duration.ofNanos(sqlNanos + statementsRunning * now),
                    failed ? AnsweredBy.NOBODY : server);
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
