package io.floodmark.load.engine;

import io.floodmark.load.record.WriteCheck;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/// What is done to a target: prepares it, makes a client for each worker, checks the outcome,
/// cleans up.
///
/// To add one, write a class like `table.TableWorkload` and register it in `registry.Workloads`.
///
/// *Threads.* [#newClient], [#gauges] and [#counts] may be called by any thread, the rest by the
/// run's own.
public interface Workload extends AutoCloseable {

    /// The kinds of operation with their shares, which add up to 100.
    List<OperationShare> operations();

    /// Brings the target into the state in which the load may start.
    ///
    /// @param progress takes sentences for the user while it lasts
    default void prepare(Consumer<String> progress) throws Exception {}

    /// A new client for worker number `worker`, from 0.
    Client newClient(int worker);

    /// What there is to watch, by name (`pool_open`, `bytes_written`, ...), a cheap reading.
    default SortedMap<String, Long> gauges() {
        return Collections.emptySortedMap();
    }

    /// What happened so far beside the account, by name (`conflicts_retried`); only grows. Told in
    /// each interval like a gauge, and at the end.
    default SortedMap<String, Long> counts() {
        return Collections.emptySortedMap();
    }

    /// Looks for every acknowledged write, after the last operation.
    default Optional<WriteCheck> check(Consumer<String> progress) {
        return Optional.empty();
    }

    /// Cleans up what [#prepare] made.
    @Override
    default void close() {}
}
