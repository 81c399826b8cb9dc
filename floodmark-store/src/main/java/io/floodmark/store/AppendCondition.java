package io.floodmark.store;

/// When an append is to be refused.
public sealed interface AppendCondition {

    static AppendCondition none() {
        return new Unconditional();
    }

    /// The usual condition after a decision: `query` was read, and [EventStream#readUpTo()] gave
    /// `after`.
    static AppendCondition failIfMatch(Query query, Position after) {
        return new FailIfMatch(query, after);
    }

    /// Never.
    record Unconditional() implements AppendCondition {}

    /// If the log holds an event after `after` that the query matches.
    ///
    /// @param after the last position that the decision has seen; it may lie beyond the last match,
    ///   and beyond the head: then nothing has come after it yet, and the condition holds
    record FailIfMatch(Query query, Position after) implements AppendCondition {}
}
