package io.floodmark.store.postgres.observe;

import io.floodmark.store.observe.CommitEnd;
import io.floodmark.store.observe.OngoingCommit;
import io.floodmark.store.observe.OngoingOperation;
import io.floodmark.store.observe.Operation;
import io.floodmark.store.observe.OperationEnd;
import io.floodmark.store.observe.StoreListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A listener that keeps what it is told.
final class Told implements StoreListener {
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final Queue<CommitEnd> commits = new ConcurrentLinkedQueue<>();

    record Ended(Operation operation, OperationEnd end) {}

    @Override
    public OngoingOperation begun(Operation operation) {
        return new OngoingOperation() {
            @Override
            public void ended(OperationEnd end) {
                ended.add(new Ended(operation, end));
            }
        };
    }

    @Override
    public OngoingCommit commitBegun() {
        return new OngoingCommit() {
            @Override
            public void ended(CommitEnd end) {
                commits.add(end);
            }
        };
    }

    List<Ended> ended() {
        return List.copyOf(ended);
    }

    OperationEnd last() {
        return ended().getLast().end();
    }

    /// Complete once the store is closed.
    List<CommitEnd> commits() {
        return List.copyOf(commits);
    }
}
