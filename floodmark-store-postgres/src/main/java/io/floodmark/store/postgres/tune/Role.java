package io.floodmark.store.postgres.tune;

/// What a server does in a cluster with streaming replication.
public enum Role {
    /// It takes the writes.
    PRIMARY,
    /// It replays the primary's log and serves reads.
    REPLICA
}
