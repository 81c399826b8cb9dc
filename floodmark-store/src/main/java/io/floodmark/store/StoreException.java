package io.floodmark.store;

import org.jspecify.annotations.Nullable;

/// A store could not do its work. The kinds say what the caller can do; all of them except
/// [AppendOutcomeUnknown] promise that nothing was written.
public abstract sealed class StoreException extends RuntimeException
        permits StoreUnavailable,
                AppendOutcomeUnknown,
                DeadlineExceeded,
                StoreOverloaded,
                OperationCancelled,
                DuplicateEventId,
                StoreNotReady {

    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
