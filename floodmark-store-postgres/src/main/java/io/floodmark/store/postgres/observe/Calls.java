package io.floodmark.store.postgres.observe;

import io.floodmark.store.observe.OngoingCommit;
import io.floodmark.store.observe.OngoingOperation;
import io.floodmark.store.observe.Operation;
import io.floodmark.store.observe.Outcome;
import io.floodmark.store.observe.StoreGauges;
import io.floodmark.store.observe.StoreListener;
import java.util.function.LongSupplier;

/// Makes the calls of a store, and tells its listener of them.
///
/// *Threads:* for all.
public final class Calls {
    private static final Calls NONE = new Calls(StoreListener.none(), () -> 0);

    private final StoreListener listener;
    private final LongSupplier nanos;

    private Calls(StoreListener listener, LongSupplier nanos) {
        this.listener = listener;
        this.nanos = nanos;
    }

    /// Calls that nobody is told of.
    public static Calls none() {
        return NONE;
    }

    /// Calls that this listener is told of.
    ///
    /// @param nanos a timer, not read if the listener is [StoreListener#none()]
    public static Calls toldTo(StoreListener listener, LongSupplier nanos) {
        return listener.equals(StoreListener.none())
                ? NONE
                : new Calls(new GuardedListener(listener), nanos);
    }

    /// Whether nobody is told: then calls can be made without this.
    public boolean isSilent() {
        return this == NONE;
    }

    /// The timer.
    public LongSupplier nanos() {
        return nanos;
    }

    /// A call.
    ///
    /// @param <T> what it gives
    /// @param <X> what it may throw beside unchecked exceptions
    @FunctionalInterface
    public interface Call<T, X extends Exception> extends ScopedValue.CallableOp<T, X> {}

    /// Says what came of a call, and how many events it moved, if its work did not note that.
    ///
    /// @param <T> what the call gave
    @FunctionalInterface
    public interface Told<T> {
        /// What the listener is told of this result.
        Outcome outcome(T result, Footprint footprint);
    }

    /// Makes a call. Within another call it is a part of that one, and nobody is told.
    public <T, X extends Exception> T make(Operation operation, Call<T, X> call, Told<T> told)
            throws X {
        if (isSilent() || CallFootprint.CURRENT.isBound()) {
            return call.call();
        }
        OngoingOperation ongoing = listener.begun(operation);
        var footprint = new CallFootprint(ongoing, nanos);
        Outcome outcome = new Outcome.Nothing();
        try {
            T result = ScopedValue.where(CallFootprint.CURRENT, footprint).call(call);
            outcome = told.outcome(result, footprint);
            return result;
        } catch (Throwable thrown) {
            outcome = Outcome.Failed.of(thrown);
            throw thrown;
        } finally {
            ongoing.ended(footprint.end(outcome));
        }
    }

    /// The writer begins to commit a batch.
    public OngoingCommit commitBegun() {
        return listener.commitBegun();
    }

    /// The store is open.
    public void opened(StoreGauges gauges) {
        listener.opened(gauges);
    }

    /// The store is about to close.
    public void closed(StoreGauges gauges) {
        listener.closed(gauges);
    }
}
