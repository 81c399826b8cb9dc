package io.floodmark.bench.pgbench;

/// What one side did in one measurement.
///
/// @param perSecond transactions per second, without the time to connect
/// @param transactions how many were acknowledged
/// @param valid whether nothing failed and the account closed
record Measured(double perSecond, long transactions, boolean valid) {}
