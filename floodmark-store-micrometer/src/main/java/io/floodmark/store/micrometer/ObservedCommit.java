package io.floodmark.store.micrometer;

import io.floodmark.store.observe.CommitEnd;
import io.floodmark.store.observe.OngoingCommit;
import io.micrometer.observation.Observation;

/// A group commit under observation. It belongs to many callers, and so to no span of theirs.
final class ObservedCommit implements OngoingCommit {
    private final CommitContext context;
    private final Observation observation;
    private final Observation.Scope scope;
    private final StoreMeters meters;

    /// @param observation started by this thread
    ObservedCommit(CommitContext context, Observation observation, StoreMeters meters) {
        this.context = context;
        this.observation = observation;
        this.scope = observation.openScope();
        this.meters = meters;
    }

    @Override
    public void ended(CommitEnd end) {
        scope.close();
        context.ended(end);
        observation.stop();
        meters.record(end);
    }
}
