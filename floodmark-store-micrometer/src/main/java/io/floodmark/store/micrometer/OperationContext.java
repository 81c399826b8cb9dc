package io.floodmark.store.micrometer;

import io.floodmark.store.observe.Operation;
import io.floodmark.store.observe.OperationEnd;
import io.micrometer.observation.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the observation of an operation knows, for conventions and handlers.
public final class OperationContext extends Observation.Context {
    private final String store;
    private final Operation operation;
    private volatile @Nullable OperationEnd end;

    OperationContext(String store, Operation operation) {
        this.store = store;
        this.operation = operation;
    }

    /// What the store is called.
    public String store() {
        return store;
    }

    public Operation operation() {
        return operation;
    }

    /// How it ended; empty while it goes on.
    public Optional<OperationEnd> end() {
        return Optional.ofNullable(end);
    }

    void ended(OperationEnd how) {
        end = how;
    }
}
