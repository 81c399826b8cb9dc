package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendResult;
import java.util.function.Supplier;

/// What became of a request that the writer took.
sealed interface Outcome {
    /// It is decided, durably.
    ///
    /// @param idsKnownFrom the position from which on the writer knew all ids when it decided
    record Decided(AppendResult result, long idsKnownFrom) implements Outcome {}

    /// Nothing was decided: it depends on events before the tail, which its caller must look up.
    ///
    /// @param maybeStored whether an earlier try may have stored its events
    record Unsettled(boolean maybeStored) implements Outcome {}

    /// It failed; each caller throws an exception of its own.
    record Failed(Supplier<? extends RuntimeException> failure) implements Outcome {}
}
