package io.floodmark.local;

import java.time.Duration;

/// How the replica of a kept cluster follows its primary, by the primary's `pg_stat_replication`.
public sealed interface ReplicationState {
    /// There is no replica, or one of the two servers does not run.
    record None() implements ReplicationState {}

    /// Both run and the primary streams nothing to the replica.
    record Broken() implements ReplicationState {}

    /// The replica follows.
    ///
    /// @param state `streaming`, or `catchup` while it is far behind
    /// @param bytesBehind log that the primary has written and the replica has not replayed
    /// @param replayLag age of what was replayed last; zero when all is replayed
    record Following(String state, long bytesBehind, Duration replayLag)
            implements ReplicationState {}
}
