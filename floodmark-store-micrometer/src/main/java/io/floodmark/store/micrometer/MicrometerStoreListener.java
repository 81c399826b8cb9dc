package io.floodmark.store.micrometer;

import io.floodmark.store.observe.OngoingCommit;
import io.floodmark.store.observe.OngoingOperation;
import io.floodmark.store.observe.Operation;
import io.floodmark.store.observe.StoreGauges;
import io.floodmark.store.observe.StoreListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/// Tells Micrometer what one event store does: each operation and each group commit is an
/// observation, a child of the one that its thread is in; what has no duration is a meter.
///
/// Observations give times only if the registry has a handler for them, such as
/// `DefaultMeterObservationHandler`; spans likewise. *Threads:* for all.
public final class MicrometerStoreListener implements StoreListener {
    static final String COMMIT = StoreMeter.PREFIX + "commit";

    private static final OperationKeys OPERATION_KEYS = new OperationKeys();
    private static final CommitKeys COMMIT_KEYS = new CommitKeys();

    private final String store;
    private final ObservationRegistry observations;
    private final StoreMeters meters;

    private MicrometerStoreListener(
            String store, ObservationRegistry observations, StoreMeters meters) {
        this.store = store;
        this.observations = observations;
        this.meters = meters;
    }

    /// A listener for one open store.
    ///
    /// @param store what the store is called in the key `store`; each of several stores that report
    ///   to the same registry needs a name of its own
    public static MicrometerStoreListener of(
            String store, ObservationRegistry observations, MeterRegistry meters) {
        if (store.isBlank()) {
            throw new IllegalArgumentException(
                    "The store needs a name for the key 'store', such as 'library'");
        }
        return new MicrometerStoreListener(store, observations, new StoreMeters(store, meters));
    }

    @Override
    public OngoingOperation begun(Operation operation) {
        var context = new OperationContext(store, operation);
        Observation observation =
                Observation.createNotStarted(
                                StoreMeter.PREFIX + operation.label(), () -> context, observations)
                        .observationConvention(OPERATION_KEYS)
                        .start();
        return new ObservedOperation(context, observation, meters);
    }

    @Override
    public OngoingCommit commitBegun() {
        var context = new CommitContext(store);
        Observation observation =
                Observation.createNotStarted(COMMIT, () -> context, observations)
                        .observationConvention(COMMIT_KEYS)
                        .start();
        return new ObservedCommit(context, observation, meters);
    }

    @Override
    public void opened(StoreGauges gauges) {
        meters.add(gauges);
    }

    @Override
    public void closed(StoreGauges gauges) {
        meters.removeGauges();
    }
}
