package io.floodmark.load.engine;

/// Where a worker puts what it learns.
///
/// @param lateOutcome what an arrival becomes whose deadline passed before a worker was free
record WorkerSinks(Statistics statistics, FailureLog failures, Outcome lateOutcome) {}
