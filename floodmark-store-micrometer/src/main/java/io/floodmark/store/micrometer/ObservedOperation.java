package io.floodmark.store.micrometer;

import io.floodmark.store.observe.OngoingOperation;
import io.floodmark.store.observe.OperationEnd;
import io.floodmark.store.observe.Outcome;
import io.micrometer.observation.Observation;

/// An operation under observation, current on the thread that began it until it ends.
final class ObservedOperation implements OngoingOperation {
    private final OperationContext context;
    private final Observation observation;
    private final Observation.Scope scope;
    private final StoreMeters meters;

    /// @param observation started by this thread
    ObservedOperation(OperationContext context, Observation observation, StoreMeters meters) {
        this.context = context;
        this.observation = observation;
        this.scope = observation.openScope();
        this.meters = meters;
    }

    @Override
    public void within(Runnable part) {
        try (var _ = observation.openScope()) {
            part.run();
        }
    }

    @Override
    public void ended(OperationEnd end) {
        scope.close();
        context.ended(end);
        if (end.outcome() instanceof Outcome.Failed failed) {
            observation.error(failed.thrown());
        }
        observation.stop();
        meters.record(context.operation(), end);
    }
}
