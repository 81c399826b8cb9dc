package io.floodmark.store.observe;

import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.DuplicateEventId;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.StoreException;
import io.floodmark.store.StoreNotReady;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.StoreUnavailable;
import java.util.Locale;

/// Why an operation ended by an exception, told apart by what its caller can do.
public enum Failure {
    CANCELLED,
    TIMED_OUT,
    /// Refused at once: too many calls wait already.
    OVERLOADED,
    UNAVAILABLE,
    /// Nobody can say whether it was written.
    UNKNOWN,
    DUPLICATE_ID,
    NOT_READY,
    /// The arguments or the moment were wrong: a mistake of the caller, or a defect.
    MISUSED,
    /// Anything else, as what a database driver throws into the caller's own transaction.
    BROKEN;

    /// The kind of this exception.
    public static Failure of(Throwable thrown) {
        return switch (thrown) {
            case StoreException failure -> of(failure);
            case IllegalArgumentException _, IllegalStateException _ -> MISUSED;
            default -> BROKEN;
        };
    }

    private static Failure of(StoreException failure) {
        return switch (failure) {
            case OperationCancelled _ -> CANCELLED;
            case DeadlineExceeded _ -> TIMED_OUT;
            case StoreOverloaded _ -> OVERLOADED;
            case StoreUnavailable _ -> UNAVAILABLE;
            case AppendOutcomeUnknown _ -> UNKNOWN;
            case DuplicateEventId _ -> DUPLICATE_ID;
            case StoreNotReady _ -> NOT_READY;
        };
    }

    /// The name in small letters, as in `timed_out`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
