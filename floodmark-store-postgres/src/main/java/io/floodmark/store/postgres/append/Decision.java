package io.floodmark.store.postgres.append;

/// What a batch makes of one of its requests, valid if the batch is committed where it was decided.
sealed interface Decision {
    /// Its events get positions from `first` on.
    record Accepted(long first) implements Decision {}

    /// All its events are stored already, in order.
    record Repeated(long first, long last) implements Decision {}

    /// An event forbids it.
    record Blocked(TailEntry blocking) implements Decision {}

    /// It depends on events before the tail.
    record Unsettled() implements Decision {}

    /// Its deadline passed before its turn.
    record Expired() implements Decision {}

    /// Its query could not be evaluated: a defect, which must not hurt the others.
    record Broken(RuntimeException cause) implements Decision {}
}
