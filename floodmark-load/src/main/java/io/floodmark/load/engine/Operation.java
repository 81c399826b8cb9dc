package io.floodmark.load.engine;

import io.floodmark.load.time.TimeSource;

/// The operation that a worker holds, with its moments on the [TimeSource]'s scale:
///
/// ```
/// due ──lag──▶ released ──queue──▶ taken ──pool──▶ acquired ──▶ sent ──service──▶ done
/// └────────────────────────────────── response ────────────────────────────────────┘
/// ```
///
/// One instance per worker, filled anew for each operation: the hot path allocates nothing.
///
/// *Threads.* Confined to its worker.
public final class Operation {

    private final TimeSource time;
    long sequence;
    int kind;
    boolean workerWasFree;
    long dueNanos;
    long releasedNanos;
    long takenNanos;
    long acquiredNanos;
    long sentNanos;
    long deadlineNanos;

    Operation(TimeSource time) {
        this.time = time;
    }

    /// The operation's number: unique in its run, and the same in every run with this seed while
    /// the arrival process is open. Data is generated from it.
    public long sequence() {
        return sequence;
    }

    /// Index into [Workload#operations()].
    public int kind() {
        return kind;
    }

    /// When the caller gives up, or [Long#MAX_VALUE] for never. Compare by difference only when it
    /// is not.
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /// To be called by the client when it holds what it had to wait for, a connection.
    public void acquired() {
        acquiredNanos = time.nanos();
    }

    /// To be called by the client right before the request leaves.
    public void sent() {
        sentNanos = time.nanos();
    }

    /// Whether the deadline has passed.
    public boolean overdue() {
        return deadlineNanos != Long.MAX_VALUE && time.nanos() - deadlineNanos >= 0;
    }

    /// Moments that the client does not have fall on the ones before them.
    void fillMoments() {
        if (acquiredNanos == 0) {
            acquiredNanos = takenNanos;
        }
        if (sentNanos == 0) {
            sentNanos = acquiredNanos;
        }
    }

    void taken(long nowNanos) {
        takenNanos = nowNanos;
        acquiredNanos = 0;
        sentNanos = 0;
    }
}
