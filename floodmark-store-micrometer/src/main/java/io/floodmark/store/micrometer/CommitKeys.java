package io.floodmark.store.micrometer;

import io.floodmark.store.observe.CommitEnd;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.Optional;

/// The keys of a group commit's observation. *Threads:* immutable.
final class CommitKeys implements ObservationConvention<CommitContext> {
    private static final String STORED = "stored";
    private static final String NOTHING = "nothing";

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof CommitContext;
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(CommitContext context) {
        Optional<CommitEnd> end = context.end();
        String outcome = end.map(it -> it.stored() > 0 ? STORED : NOTHING).orElse(StoreKey.ONGOING);
        CommitEnd.Mode mode = end.map(CommitEnd::mode).orElse(CommitEnd.Mode.OPTIMISTIC);
        return KeyValues.of(
                StoreKey.MODE.withValue(mode.label()),
                StoreKey.OUTCOME.withValue(outcome),
                StoreKey.STORE.withValue(context.store()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(CommitContext context) {
        return context.end().map(CommitKeys::details).orElse(KeyValues.empty());
    }

    private static KeyValues details(CommitEnd end) {
        return KeyValues.of(
                StoreKey.REQUESTS.withValue(Integer.toString(end.requests())),
                StoreKey.EVENTS.withValue(Integer.toString(end.events())),
                StoreKey.TRIES.withValue(Integer.toString(end.tries())),
                StoreKey.SQL_NANOS.withValue(Long.toString(end.sqlTime().toNanos())));
    }
}
