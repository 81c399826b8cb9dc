package io.floodmark.load.engine;

/// What one worker uses to perform operations against a target.
///
/// *Threads.* [#perform] is called by its worker only; [#cancel] by the deadline watch while
/// `perform` runs; [#close] after the run.
public interface Client extends AutoCloseable {

    /// Performs `operation` and returns when the target has acknowledged it. Calls
    /// [Operation#acquired()] and [Operation#sent()] on its way, where the target has such moments.
    ///
    /// @throws FailedOperation when the target refused it or it broke
    /// @throws ConflictedOperation when it lost to concurrent operations until it ran out of
    ///   retries
    /// @throws DeadlinePassed when it was given up at its deadline
    void perform(Operation operation) throws Exception;

    /// Makes the `perform` that runs now end soon, with its connection usable or replaced. Must not
    /// block.
    void cancel();

    @Override
    default void close() {}
}
