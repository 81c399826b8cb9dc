package io.floodmark.load.record;

/// The closed account of due arrivals: what became of each one.
///
/// At every moment `due = done + failed + conflicted + timedOut + skipped + rejected + inQueue +
/// inFlight`; at the end `inQueue` are the arrivals that were never started and `inFlight` those
/// left unfinished.
///
/// @param due arrivals whose time had come
/// @param done operations that the target completed
/// @param failed operations that the target refused or that broke, see the failures by kind
/// @param conflicted operations that lost to concurrent ones until they ran out of retries
/// @param timedOut operations whose deadline passed, see [TimeoutCounts]
/// @param skipped arrivals already past their deadline when a worker was free (policy `skip-late`)
/// @param rejected arrivals that found the queue full (backpressure, policy `reject`)
/// @param inQueue arrivals that wait for a worker; at the end: never started
/// @param inFlight operations that a worker holds; at the end: unfinished
public record Account(
        long due,
        long done,
        long failed,
        long conflicted,
        long timedOut,
        long skipped,
        long rejected,
        long inQueue,
        long inFlight) {

    public static final Account EMPTY = new Account(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// Due arrivals that no entry explains; zero when the account closes.
    public long residual() {
        return due
                - done
                - failed
                - conflicted
                - timedOut
                - skipped
                - rejected
                - inQueue
                - inFlight;
    }

    /// The change since `earlier`; `inQueue` and `inFlight` are levels and stay as they are here.
    public Account since(Account earlier) {
        return new Account(
                due - earlier.due,
                done - earlier.done,
                failed - earlier.failed,
                conflicted - earlier.conflicted,
                timedOut - earlier.timedOut,
                skipped - earlier.skipped,
                rejected - earlier.rejected,
                inQueue,
                inFlight);
    }
}
