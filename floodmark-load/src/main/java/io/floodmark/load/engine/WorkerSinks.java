package io.floodmark.load.engine;

/// Where a worker puts what it learns.
///
/// @param lateOutcome what an arrival becomes whose deadline passed before a worker was free
/// @param control ends the run when a client has an error that is no failure of the target
record WorkerSinks(
        Statistics statistics, FailureLog failures, Outcome lateOutcome, RunControl control) {}
