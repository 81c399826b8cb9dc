package io.floodmark.load.record;

/// What became of one kind of operation (`insert`, `read`, ...), or of all kinds together.
///
/// @param kind the kind's name; `total` for all kinds
/// @param done operations completed
/// @param failed operations failed
/// @param conflicted operations that ran out of retries after conflicts
/// @param timedOut operations whose deadline passed
/// @param skipped arrivals skipped as late
/// @param response from due to done: what a user would feel
/// @param service from sent to done: target and network
/// @param waiting from release to connection in hand: queue and pool
public record KindStats(
        String kind,
        long done,
        long failed,
        long conflicted,
        long timedOut,
        long skipped,
        Latency response,
        Latency service,
        Latency waiting) {}
