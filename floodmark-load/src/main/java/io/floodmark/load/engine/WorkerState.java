package io.floodmark.load.engine;

import java.util.concurrent.atomic.AtomicLong;

/// Whether a worker performs an operation, and until when; the meeting point of worker and deadline
/// watch.
///
/// The state holds the worker's operation number and a phase, so a watch that has looked away
/// cannot cancel the next operation by mistake:
///
/// ```
/// IDLE ──begin──▶ RUNNING ──end──▶ IDLE
///                    │ claim (watch)
///                    ▼
///                CANCELLING ──cancelled──▶ CANCELLED ──end──▶ IDLE
/// ```
///
/// At the end of a run an operation that does not come back is *abandoned*: the engine accounts for
/// it, and its worker no longer does.
///
/// *Threads.* The worker calls [#begin] and [#end]; the watch [#claimOverdue] and [#cancelled];
/// anyone may ask [#busy]. `end` waits for a claimed cancellation to be handed over, which is a
/// matter of microseconds because [Client#cancel()] does not block.
final class WorkerState {

    private static final int PHASE_BITS = 3;
    private static final long PHASE_MASK = 7;
    private static final long IDLE = 0;
    private static final long RUNNING = 1;
    private static final long CANCELLING = 2;
    private static final long CANCELLED = 3;
    private static final long ABANDONED = 4;

    private final AtomicLong state = new AtomicLong();
    private final AtomicLong deadlineNanos = new AtomicLong();
    private long number;

    /// How an operation ended as seen by the deadline watch.
    enum End {
        NORMAL,
        CANCELLED,
        ABANDONED
    }

    void begin(long deadline) {
        number++;
        deadlineNanos.setPlain(deadline);
        state.setRelease(number << PHASE_BITS | RUNNING);
    }

    End end() {
        long running = number << PHASE_BITS | RUNNING;
        if (state.compareAndSet(running, number << PHASE_BITS | IDLE)) {
            return End.NORMAL;
        }
        while ((state.get() & PHASE_MASK) == CANCELLING) {
            Thread.onSpinWait();
        }
        long cancelled = number << PHASE_BITS | CANCELLED;
        return state.compareAndSet(cancelled, number << PHASE_BITS | IDLE)
                ? End.CANCELLED
                : End.ABANDONED;
    }

    /// Takes the operation in hand away from its worker, if it has one.
    boolean abandon() {
        long seen = state.get();
        while ((seen & PHASE_MASK) != IDLE) {
            if (state.compareAndSet(seen, (seen & ~PHASE_MASK) | ABANDONED)) {
                return true;
            }
            seen = state.get();
        }
        return false;
    }

    boolean busy() {
        return (state.get() & PHASE_MASK) != IDLE;
    }

    /// Claims the running operation for cancellation if its deadline has passed.
    boolean claimOverdue(long nowNanos) {
        long seen = state.getAcquire();
        if ((seen & PHASE_MASK) != RUNNING) {
            return false;
        }
        long deadline = deadlineNanos.get();
        return deadline != Long.MAX_VALUE
                && nowNanos - deadline >= 0
                && state.compareAndSet(seen, (seen & ~PHASE_MASK) | CANCELLING);
    }

    /// To be called when the claimed cancellation has been handed over.
    void cancelled() {
        long seen = state.get();
        if ((seen & PHASE_MASK) == CANCELLING) {
            // Fails only when the operation was abandoned meanwhile, and then stays abandoned.
            state.compareAndSet(seen, (seen & ~PHASE_MASK) | CANCELLED);
        }
    }
}
