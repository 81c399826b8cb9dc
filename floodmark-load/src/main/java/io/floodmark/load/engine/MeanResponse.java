package io.floodmark.load.engine;

/// The mean response of the operations that ended in one second of a run.
///
/// @param startSeconds start of that second, seconds since the start of the run
/// @param millis their mean in milliseconds
public record MeanResponse(double startSeconds, double millis) {}
