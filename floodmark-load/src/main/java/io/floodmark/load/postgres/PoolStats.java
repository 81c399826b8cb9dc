package io.floodmark.load.postgres;

/// One moment of a [SessionPool].
///
/// @param open sessions that exist: active, idle, and those whose closing has not ended
/// @param active sessions in a caller's hands
/// @param idle sessions that wait for a caller
/// @param waiting callers that wait for a session
/// @param opening sessions about to exist
public record PoolStats(int open, int active, int idle, int waiting, int opening) {

    @Override
    public String toString() {
        return "%d open, %d active, %d idle, %d waiting, %d opening"
                .formatted(open, active, idle, waiting, opening);
    }
}
