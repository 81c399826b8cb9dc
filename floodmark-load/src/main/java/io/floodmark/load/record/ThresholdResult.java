package io.floodmark.load.record;

/// A service-level objective and what the run showed.
///
/// @param expression as the user wrote it, `response:p99<50ms`
/// @param observed the measured value with its unit
/// @param passed whether it held
public record ThresholdResult(String expression, String observed, boolean passed) {}
