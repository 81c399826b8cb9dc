package io.floodmark.bench.contest;

/// Where in an append a process can be stopped to be killed there.
enum Moment {
    /// Everything is decided, nothing sent.
    DECIDED,
    /// The events are stored in a transaction that is not committed yet.
    STORED,
    /// The commit took effect, nobody knows.
    COMMITTED
}
