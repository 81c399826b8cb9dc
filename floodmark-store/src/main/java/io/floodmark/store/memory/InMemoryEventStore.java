package io.floodmark.store.memory;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendLimits;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.Snapshots;
import io.floodmark.store.Subscriptions;
import io.floodmark.store.TimeAndChance;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The store in memory: the executable specification of [EventStore]. Durable means here: in the
/// list. There are no replicas, so that eventual consistency is as good as strong.
public final class InMemoryEventStore implements EventStore {

    /// How long a subscription's consumer keeps its partitions without making a call.
    public static final Duration LEASE = Duration.ofSeconds(30);

    private final OneLock lock = new OneLock();
    private final Calls calls;
    private final MemoryLog log;
    private final Snapshots snapshots;
    private final Subscriptions subscriptions;

    public InMemoryEventStore() {
        this(TimeAndChance.system());
    }

    /// A store whose time stamps and leases go by this clock; timeouts go by the machine's timer.
    public InMemoryEventStore(Clock clock) {
        this(TimeAndChance.system().withClock(clock));
    }

    public InMemoryEventStore(TimeAndChance time) {
        log = new MemoryLog(time.clock());
        calls = new Calls(lock, log, time.nanos());
        snapshots = new MemorySnapshots(calls);
        subscriptions = new MemorySubscriptions(calls, log, time.clock());
    }

    @Override
    public AppendResult append(List<Event> events, AppendCondition condition, Duration timeout) {
        List<Event> checked = AppendLimits.checked(events);
        return lock.alone(
                calls.deadline("append", timeout),
                () -> {
                    AppendResult result = log.append(checked, condition);
                    lock.announceChange();
                    return result;
                });
    }

    @Override
    public EventStream read(ReadRequest request, Duration timeout) {
        return calls.whenSeen(
                request.consistency(),
                calls.deadline("read", timeout),
                () -> new MemoryStream(log.read(request), log.head()));
    }

    @Override
    public Position head(Consistency consistency) {
        return calls.whenSeen(consistency, calls.deadline("head", HEAD_TIMEOUT), log::head);
    }

    @Override
    public Snapshots snapshots() {
        return snapshots;
    }

    @Override
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public void close() {
        lock.close();
    }
}
