package io.floodmark.store.postgres.tune;

/// What became of one change.
///
/// @param change what was to be changed or restored
/// @param result how it ended
public record Outcome(Change change, Result result) {

    /// How a change or its reversal ended.
    public sealed interface Result {

        /// In force now.
        record InForce() implements Result {}

        /// In the files, as a new or a restored value; in force after a restart.
        record AfterRestart() implements Result {}

        /// In the files, but something stronger sets another value.
        ///
        /// @param source what it is, in PostgreSQL's words: `command line`, `database`, `user`
        record Overridden(String source) implements Result {}

        /// Restored to what it was.
        record Restored() implements Result {}

        /// There was nothing to restore.
        record Unchanged() implements Result {}

        /// Left alone, because somebody has changed it since.
        ///
        /// @param now what is set there now
        record ChangedSince(Before now) implements Result {}
    }
}
