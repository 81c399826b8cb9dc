package io.floodmark.store;

import java.time.Duration;
import java.util.List;

/// A log of events with conditional appends: a decision that read some events is stored only if no
/// event came since that could have changed it.
///
/// *Threads:* every method may be called from any thread. *Time:* each call ends within its timeout
/// (0 to [AppendLimits#MAX_TIMEOUT]; 0 is already over) by [DeadlineExceeded], and at an interrupt
/// by [OperationCancelled], which leaves the thread interrupted. *After [#close()]* every call is
/// an [IllegalStateException]. Other failures are [StoreException]s.
public interface EventStore extends AutoCloseable {

    /// How long [#head(Consistency)] waits for a position that has not come.
    Duration HEAD_TIMEOUT = Duration.ofSeconds(5);

    /// Stores all events next to each other, or none. Ids make it repeatable: if all are stored
    /// already, in this order and next to each other, the answer is their positions, and the
    /// condition is not looked at again.
    ///
    /// @param events at most [AppendLimits#MAX_EVENTS] with [AppendLimits#MAX_BYTES]
    /// @throws DuplicateEventId if some ids are stored already, but not as said above
    AppendResult append(List<Event> events, AppendCondition condition, Duration timeout);

    /// Reads matching events in the order of their positions.
    ///
    /// @param timeout for each wait for the store, at the opening and within the stream; the
    ///   caller's own time between does not count
    EventStream read(ReadRequest request, Duration timeout);

    /// The position of the last event; [Position#START] if there is none. Waits for
    /// [Consistency.AtLeast] at most [#HEAD_TIMEOUT].
    Position head(Consistency consistency);

    Snapshots snapshots();

    Subscriptions subscriptions();

    /// Ends running calls and frees what the store holds; a second time does nothing.
    @Override
    void close();
}
