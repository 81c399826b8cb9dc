package io.floodmark.bench.contest;

import io.floodmark.store.AppendOutcomeUnknown;
import io.floodmark.store.AppendResult;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.OperationCancelled;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreException;
import io.floodmark.store.StoreNotReady;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.StoreUnavailable;

/// What an appending process tells the judging one.
sealed interface Answer {

    /// The store is open.
    record Ready() implements Answer {}

    /// The process has stopped and waits for its death.
    record Stopped(Moment moment) implements Answer {}

    /// What came of the append with this number.
    record Outcome(long number, Told told) implements Answer {}

    /// What a store told its caller.
    sealed interface Told {

        /// As the caller of the store would have got it.
        ///
        /// @throws StoreException or another exception, if that is what it was
        AppendResult result();
    }

    /// It is stored.
    record Stored(long first, long last) implements Told {
        @Override
        public AppendResult result() {
            return new AppendResult.Appended(new Position(first), new Position(last));
        }
    }

    /// An event blocks it.
    record Blocked(RecordedEvent event) implements Told {
        @Override
        public AppendResult result() {
            return new AppendResult.Conflict(event);
        }
    }

    /// The store failed.
    record Failed(Failure failure, String message) implements Told {

        static Failed of(Throwable thrown) {
            return new Failed(
                    switch (thrown) {
                        case StoreUnavailable _, StoreNotReady _, OperationCancelled _ ->
                                Failure.UNAVAILABLE;
                        case DeadlineExceeded _ -> Failure.LATE;
                        case StoreOverloaded _ -> Failure.OVERLOADED;
                        case AppendOutcomeUnknown _ -> Failure.UNKNOWN;
                        default -> Failure.UNDECLARED;
                    },
                    String.valueOf(thrown));
        }

        @Override
        public AppendResult result() {
            throw switch (failure) {
                case UNAVAILABLE -> new StoreUnavailable(message);
                case LATE -> new DeadlineExceeded(message);
                case OVERLOADED -> new StoreOverloaded(message);
                case UNKNOWN -> new AppendOutcomeUnknown(message);
                case UNDECLARED -> new IllegalStateException(message);
            };
        }
    }

    /// What a failure means to the caller.
    enum Failure {
        UNAVAILABLE,
        LATE,
        OVERLOADED,
        UNKNOWN,
        /// Not allowed to a store.
        UNDECLARED
    }
}
