package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.StoreException;
import io.floodmark.store.postgres.observe.Footprint;
import io.floodmark.store.postgres.session.Deadline;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A request in the queue or with the writer, and the place where its caller waits.
///
/// *Threads:* made and awaited by the caller; completed once, by the writer or by the queue's end.
final class PendingAppend {
    private static final String WHAT = "append: the writer did not take the request";

    private final EncodedAppend append;
    private final Settled settled;
    private final Deadline deadline;
    private final Thread caller = Thread.currentThread();
    private final Footprint footprint = Footprint.current();

    // Written once, before the caller is woken.
    private volatile @Nullable Outcome outcome;

    /// The caller was interrupted after the writer had taken the request.
    private volatile boolean unwanted;

    // Written and read by the writer only.
    private boolean maybeStored;

    PendingAppend(EncodedAppend append, Settled settled, Deadline deadline) {
        this.append = append;
        this.settled = settled;
        this.deadline = deadline;
    }

    EncodedAppend append() {
        return append;
    }

    Settled settled() {
        return settled;
    }

    /// That of the call which waits for this.
    Footprint footprint() {
        return footprint;
    }

    /// Whether the caller no longer wants it.
    boolean isExpired() {
        return unwanted || deadline.hasPassed();
    }

    /// The failure of an expired request, for its caller's thread.
    StoreException expired() {
        return unwanted ? Deadline.cancelled(WHAT) : deadline.exceeded(WHAT);
    }

    /// Whether a commit with this request's events has an unknown outcome.
    void maybeStored(boolean unknown) {
        maybeStored = unknown;
    }

    boolean maybeStored() {
        return maybeStored;
    }

    boolean completed() {
        return outcome != null;
    }

    void complete(Outcome result) {
        if (outcome != null) {
            throw new IllegalStateException("a request was completed twice");
        }
        outcome = result;
        LockSupport.unpark(caller);
    }

    /// Waits for the outcome: in the queue until the deadline or an interrupt; and once the writer
    /// has the request, until the writer's own time-outs must have ended it.
    Outcome await(AppendQueue queue, EngineLimits.Patience patience) {
        boolean interrupted = false;
        try {
            while (outcome == null && !deadline.hasPassed() && !interrupted) {
                LockSupport.parkNanos(this, deadline.remainingNanos());
                interrupted = Thread.interrupted();
            }
            if (outcome == null && queue.withdraw(this)) {
                throw interrupted ? Deadline.cancelled(WHAT) : expired();
            }
            if (interrupted) {
                unwanted = true;
            }
            return awaitClaimed(patience);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Outcome awaitClaimed(EngineLimits.Patience patience) {
        boolean interrupted = false;
        Deadline claimed = patience.claimed();
        try {
            while (true) {
                Outcome done = outcome;
                if (done != null) {
                    return done;
                }
                if (claimed.hasPassed()) {
                    throw new AppendOutcomeUnknown(
                            "the writer gave no outcome within its time-outs; a retry with the same"
                                    + " event ids is safe");
                }
                LockSupport.parkNanos(this, claimed.remainingNanos());
                if (Thread.interrupted()) {
                    interrupted = true;
                    unwanted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
