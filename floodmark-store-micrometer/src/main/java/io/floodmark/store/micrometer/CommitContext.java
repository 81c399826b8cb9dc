package io.floodmark.store.micrometer;

import io.floodmark.store.observe.CommitEnd;
import io.micrometer.observation.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the observation of a group commit knows, for conventions and handlers.
public final class CommitContext extends Observation.Context {
    private final String store;
    private volatile @Nullable CommitEnd end;

    CommitContext(String store) {
        this.store = store;
    }

    /// What the store is called.
    public String store() {
        return store;
    }

    /// How it ended; empty while it goes on.
    public Optional<CommitEnd> end() {
        return Optional.ofNullable(end);
    }

    void ended(CommitEnd how) {
        end = how;
    }
}
