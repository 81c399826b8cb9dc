package io.floodmark.store.postgres.append;

import io.floodmark.store.AppendCondition;

/// Up to which positions a request is decided already.
///
/// @param conditionTo no event after the condition's position, up to this one, matches its query
/// @param idsTo no event up to this position has one of the request's ids
record Settled(long conditionTo, long idsTo) {

    /// What is known without a look at the log: the condition is only about what comes after.
    static Settled nothing(EncodedAppend append) {
        return switch (append.condition()) {
            case AppendCondition.Unconditional() -> new Settled(Long.MAX_VALUE, 0);
            case AppendCondition.FailIfMatch(var _, var after) -> new Settled(after.value(), 0);
        };
    }

    /// What is known by the age of the ids, too.
    static Settled of(EncodedAppend append, EngineView view) {
        return new Settled(nothing(append).conditionTo(), view.sealed().clearTo(append.ids()));
    }

    /// The same after everything up to `head` was looked up.
    Settled upTo(long head) {
        return new Settled(Math.max(conditionTo, head), Math.max(idsTo, head));
    }

    /// Whether the writer, whose tail starts at `tailFirst`, can decide the rest.
    boolean reaches(long tailFirst, long newestSegmentFirst) {
        return conditionTo >= tailFirst - 1 && idsTo >= Math.min(tailFirst, newestSegmentFirst) - 1;
    }
}
