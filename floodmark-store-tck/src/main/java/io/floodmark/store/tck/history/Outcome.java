package io.floodmark.store.tck.history;

/// How an attempt ended.
enum Outcome {
    /// Acknowledged.
    ACCEPTED,
    /// Answered with a conflict.
    CONFLICT,
    /// The store said that nothing was written.
    REFUSED,
    /// Nobody can tell: written, not written, or to be written later.
    UNKNOWN
}
