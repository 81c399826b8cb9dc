package io.floodmark.load.record;

/// How often operations failed in one way.
///
/// @param kind the class of failure, for SQL its SQLSTATE class and name (`08 connection
///   exception`)
/// @param count how many operations
/// @param firstSeconds when it happened first, seconds since the start of the run
/// @param lastSeconds when it happened last, seconds since the start of the run
/// @param example one message, without secrets
public record FailureCount(
        String kind, long count, double firstSeconds, double lastSeconds, String example) {}
