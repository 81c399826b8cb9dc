package io.floodmark.cli;

import io.floodmark.store.postgres.tune.Advice;
import io.floodmark.store.postgres.tune.Change;
import io.floodmark.store.postgres.tune.Outcome;
import java.nio.file.Path;
import java.util.List;

/// How the results of `store tune` are printed.
interface TuneOutput {

    /// Recommendations beside what there is.
    void advice(String server, Advice advice, PoolAdvice pool);

    /// Changes that would be made.
    void plan(String server, List<Change> changes);

    /// Changes that were made, and the file that keeps what was there before.
    void applied(String server, List<Outcome> outcomes, Path saved);

    /// What became of each value in the file.
    void reverted(String server, List<Outcome> outcomes, Path saved);
}
