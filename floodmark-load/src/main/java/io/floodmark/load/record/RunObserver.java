package io.floodmark.load.record;

/// Somebody who watches a run: a view, a file of the run folder, an exporter.
///
/// *Threads.* All methods are called by one thread, in order, never by a worker: the measured path
/// does not wait for an observer.
public interface RunObserver extends AutoCloseable {

    /// The run is about to start.
    default void started(RunInfo info) {}

    /// A second has passed.
    default void interval(Interval interval) {}

    /// Something that the user should know happened (governor, server lost, check running).
    default void notice(String sentence) {}

    /// The run is over and judged.
    default void finished(RunResult result) {}

    @Override
    default void close() {}
}
