package io.floodmark.store.observe;

import io.floodmark.store.Position;

/// What came of an operation.
public sealed interface Outcome {

    /// Events were stored.
    record Appended(Position first, Position last) implements Outcome {}

    /// The events of the append were stored already, at these positions.
    record Repeated(Position first, Position last) implements Outcome {}

    /// The append's condition failed.
    ///
    /// @param blocking the event that forbids it
    record Conflict(Position blocking) implements Outcome {}

    /// A snapshot of a later position is there already.
    record Superseded(Position stored) implements Outcome {}

    /// There was nothing: no events to append or to deliver, no snapshot, no subscription.
    record Nothing() implements Outcome {}

    /// It was done.
    record Done() implements Outcome {}

    /// It ended by an exception, which the caller was thrown.
    record Failed(Failure kind, Throwable thrown) implements Outcome {
        /// The failure that this exception is.
        public static Failed of(Throwable thrown) {
            return new Failed(Failure.of(thrown), thrown);
        }
    }

    /// A word from a small fixed set: `appended`, `repeated`, `conflict`, `superseded`, `nothing`,
    /// `done`, or that of the [Failure].
    default String label() {
        return switch (this) {
            case Appended _ -> "appended";
            case Repeated _ -> "repeated";
            case Conflict _ -> "conflict";
            case Superseded _ -> "superseded";
            case Nothing() -> "nothing";
            case Done() -> "done";
            case Failed(Failure kind, var _) -> kind.label();
        };
    }
}
