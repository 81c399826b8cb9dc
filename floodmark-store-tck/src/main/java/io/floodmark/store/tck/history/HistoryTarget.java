package io.floodmark.store.tck.history;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import java.time.Duration;
import java.util.List;

/// The part of an event store that a run drives and judges, so that things that are not whole event
/// stores can be judged too. The methods mean what they mean in [EventStore].
///
/// *Threads.* Called by all writers at the same time.
public interface HistoryTarget {

    /// See [EventStore#append].
    AppendResult append(List<Event> events, AppendCondition condition, Duration timeout);

    /// See [EventStore#read].
    EventStream read(ReadRequest request, Duration timeout);

    /// See [EventStore#head], strong.
    Position head();

    /// A store as a target.
    static HistoryTarget of(EventStore store) {
        return new HistoryTarget() {
            @Override
            public AppendResult append(
                    List<Event> events, AppendCondition condition, Duration timeout) {
                return store.append(events, condition, timeout);
            }

            @Override
            public EventStream read(ReadRequest request, Duration timeout) {
                return store.read(request, timeout);
            }

            @Override
            public Position head() {
                return store.head(new Consistency.Strong());
            }
        };
    }
}
