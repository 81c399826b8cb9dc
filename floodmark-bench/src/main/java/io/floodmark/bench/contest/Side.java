package io.floodmark.bench.contest;

/// Which store the processes append to.
enum Side {
    EVENT_STORE,

    /// The append that inserts if the highest matching position is the expected one: it lets two
    /// win, which shows that the campaign and its judge can tell.
    SINGLE_STATEMENT
}
