package io.floodmark.store.tck.history;

/// Whoever follows a run: hears what was found after each round, while no writer runs, and may end
/// the run early.
@FunctionalInterface
public interface RoundWatch {

    /// Whether there is to be another round; the answer after the last one does not count.
    ///
    /// @param soFar the verdict on all rounds until now
    boolean goesOn(HistoryReport soFar) throws InterruptedException;
}
