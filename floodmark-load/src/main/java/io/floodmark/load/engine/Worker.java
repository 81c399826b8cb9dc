package io.floodmark.load.engine;

import io.floodmark.load.time.SystemTime;
import io.floodmark.load.time.TimeSource;

/// One of the fixed workers: takes an arrival, performs it, records what became of it.
///
/// The hot path of the whole engine is [#run] with its helpers, drawn in `docs/architecture.md`. It
/// waits for nobody but the target, allocates nothing, and takes a lock once per 64 operations.
///
/// *Threads.* [#run] runs on a thread of its own; state, buffer and counters are read by others.
final class Worker implements Runnable {

    private final TimeSource time;
    private final WorkSource source;
    private final Client client;
    private final WorkerSinks sinks;
    private final Operation operation;
    private final WorkerState state = new WorkerState();
    private final SampleBuffer buffer = new SampleBuffer();

    Worker(TimeSource time, WorkSource source, Client client, WorkerSinks sinks) {
        this.time = time;
        this.source = source;
        this.client = client;
        this.sinks = sinks;
        this.operation = new Operation(time);
    }

    @Override
    public void run() {
        SystemTime.INSTANCE.wakeThisThreadPromptly();
        while (source.next(operation)) {
            long now = time.nanos();
            operation.taken(now);
            if (now > operation.deadlineNanos) {
                record(sinks.lateOutcome(), now, true);
            } else {
                perform();
            }
        }
    }

    private void perform() {
        state.begin(operation.deadlineNanos);
        try {
            client.perform(operation);
            completed();
        } catch (Exception e) {
            broken(e);
        } catch (Error e) {
            broken(e);
            sinks.control().brokeDown("a client of the workload", e);
        }
    }

    private void completed() {
        long done = time.nanos();
        if (state.end() == WorkerState.End.ABANDONED) {
            return;
        }
        operation.fillMoments();
        boolean inTime = done <= operation.deadlineNanos;
        record(inTime ? Outcome.DONE : Outcome.TIMED_OUT_IN_SERVICE, done, false);
    }

    private void broken(Throwable failure) {
        long ended = time.nanos();
        WorkerState.End end = state.end();
        if (end == WorkerState.End.ABANDONED) {
            return;
        }
        boolean givenUp = failure instanceof DeadlinePassed;
        if (givenUp || end == WorkerState.End.CANCELLED || ended > operation.deadlineNanos) {
            record(timeoutPlace(), ended, true);
        } else if (failure instanceof ConflictedOperation) {
            operation.fillMoments();
            record(Outcome.CONFLICTED, ended, true);
        } else {
            String kind =
                    failure instanceof FailedOperation failed
                            ? failed.kind()
                            : failure.getClass().getSimpleName();
            sinks.failures().count(kind, String.valueOf(failure.getMessage()), ended);
            record(Outcome.FAILED, ended, false);
        }
    }

    private Outcome timeoutPlace() {
        return operation.sentNanos == 0 ? Outcome.TIMED_OUT_IN_POOL : Outcome.TIMED_OUT_IN_SERVICE;
    }

    private void record(Outcome outcome, long endNanos, boolean bound) {
        if (buffer.isFull()) {
            sinks.statistics().drain(buffer);
        }
        buffer.add(operation, outcome, endNanos, bound);
    }

    WorkerState state() {
        return state;
    }

    SampleBuffer buffer() {
        return buffer;
    }

    Client client() {
        return client;
    }

    /// The operation in hand, for the engine to read once the worker did not come back from it.
    Operation operation() {
        return operation;
    }

    WorkSource source() {
        return source;
    }
}
