package io.floodmark.store.postgres.observe;

import io.floodmark.store.observe.CommitEnd;
import io.floodmark.store.observe.OngoingCommit;
import io.floodmark.store.observe.OngoingOperation;
import io.floodmark.store.observe.Operation;
import io.floodmark.store.observe.OperationEnd;
import io.floodmark.store.observe.StoreGauges;
import io.floodmark.store.observe.StoreListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listener whose failures harm nobody: the first is logged as a warning, the others for
/// debugging.
final class GuardedListener implements StoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);
    private static final StoreListener NONE = StoreListener.none();

    private final StoreListener listener;
    private final AtomicBoolean failed = new AtomicBoolean();

    GuardedListener(StoreListener listener) {
        this.listener = listener;
    }

    @Override
    public OngoingOperation begun(Operation operation) {
        return new GuardedOperation(
                guarded(() -> listener.begun(operation), () -> NONE.begun(operation)));
    }

    @Override
    public OngoingCommit commitBegun() {
        OngoingCommit commit = guarded(listener::commitBegun, NONE::commitBegun);
        return new OngoingCommit() {
            @Override
            public void ended(CommitEnd end) {
                guarded(() -> commit.ended(end));
            }
        };
    }

    @Override
    public void opened(StoreGauges gauges) {
        guarded(() -> listener.opened(gauges));
    }

    @Override
    public void closed(StoreGauges gauges) {
        guarded(() -> listener.closed(gauges));
    }

    private <T> T guarded(Supplier<T> told, Supplier<T> otherwise) {
        try {
            return told.get();
        } catch (RuntimeException e) {
            report(e);
            return otherwise.get();
        }
    }

    private void guarded(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private void report(RuntimeException e) {
        if (failed.compareAndSet(false, true)) {
            LOG.warn("the store's listener failed; it goes on without, and logs this once", e);
        } else {
            LOG.debug("the store's listener failed again", e);
        }
    }

    /// An operation whose parts run once, whatever the listener does.
    private final class GuardedOperation implements OngoingOperation {
        private final OngoingOperation operation;

        GuardedOperation(OngoingOperation operation) {
            this.operation = operation;
        }

        @Override
        public void within(Runnable part) {
            var begun = new AtomicBoolean();
            Runnable once =
                    () -> {
                        if (begun.compareAndSet(false, true)) {
                            part.run();
                        }
                    };
            guarded(() -> operation.within(once));
            once.run();
        }

        @Override
        public void ended(OperationEnd end) {
            guarded(() -> operation.ended(end));
        }
    }
}
