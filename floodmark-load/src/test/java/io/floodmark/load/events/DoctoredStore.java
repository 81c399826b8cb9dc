package io.floodmark.load.events;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Consistency;
import io.floodmark.store.Event;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.Snapshots;
import io.floodmark.store.Subscriptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A store whose appends go through a function that a test writes; it keeps what was asked.
final class DoctoredStore implements EventStore {

    private final EventStore store;
    private final Doctor doctor;
    final List<Event> asked = Collections.synchronizedList(new ArrayList<>());
    final List<ReadRequest> reads = Collections.synchronizedList(new ArrayList<>());

    /// What becomes of append number `number`, from 0.
    interface Doctor {
        AppendResult append(int number, Appending appending);
    }

    /// The append as the store would do it.
    interface Appending {
        AppendResult run();
    }

    DoctoredStore(EventStore store, Doctor doctor) {
        this.store = store;
        this.doctor = doctor;
    }

    @Override
    public AppendResult append(List<Event> events, AppendCondition condition, Duration timeout) {
        asked.addAll(events);
        return doctor.append(asked.size() - 1, () -> store.append(events, condition, timeout));
    }

    @Override
    public EventStream read(ReadRequest request, Duration timeout) {
        reads.add(request);
        return store.read(request, timeout);
    }

    @Override
    public Position head(Consistency consistency) {
        return store.head(consistency);
    }

    @Override
    public Snapshots snapshots() {
        return store.snapshots();
    }

    @Override
    public Subscriptions subscriptions() {
        return store.subscriptions();
    }

    @Override
    public void close() {
        store.close();
    }
}
