package io.floodmark.load.config;

/// What becomes of the workload's table after a run.
public enum AfterRun {
    /// It stays (`--keep`); later runs drop it only when they are told to.
    KEEP,
    /// It is dropped (`--drop`), although an earlier run may have kept it.
    DROP,
    /// It is dropped; where an earlier run kept it, the run is refused (neither was said).
    DROP_UNLESS_KEPT
}
