package io.floodmark.store;

/// What came of an append.
public sealed interface AppendResult {

    /// All events are stored, durably and next to each other. For a repeated append these are the
    /// positions of the first time.
    record Appended(Position first, Position last) implements AppendResult {
        public Appended {
            if (first.equals(Position.START) || last.isBefore(first)) {
                throw new IllegalArgumentException(
                        "Positions %s to %s are no range of events".formatted(first, last));
            }
        }
    }

    /// Nothing is stored: the condition failed. Read again from where the decision stood, decide
    /// again, append again.
    ///
    /// @param blocking the first event after the condition's position that its query matches
    record Conflict(RecordedEvent blocking) implements AppendResult {}

    /// There were no events to store; the condition was not looked at.
    record NothingToAppend() implements AppendResult {}
}
