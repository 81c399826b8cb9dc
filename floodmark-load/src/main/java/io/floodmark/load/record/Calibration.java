package io.floodmark.load.record;

/// What this host's generator can do without any target, measured before the run.
///
/// @param ceilingPerSecond operations per second through the whole path with a target that does
///   nothing
/// @param seconds how long it was measured
public record Calibration(double ceilingPerSecond, double seconds) {}
