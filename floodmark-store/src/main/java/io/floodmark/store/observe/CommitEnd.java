package io.floodmark.store.observe;

import java.time.Duration;
import java.util.Locale;

/// How a group commit ended.
///
/// @param requests appends that the batch held
/// @param stored those of them that were stored; the others had a conflict, were repeated, came too
///   late, or failed
/// @param events stored
/// @param tries how often the batch was decided and sent, 1 as a rule
/// @param mode how the last try kept other processes out
/// @param sqlTime spent in the statements of all tries, without what was done after a failure
public record CommitEnd(
        int requests, int stored, int events, int tries, Mode mode, Duration sqlTime) {

    /// How a batch keeps its place against batches of other processes.
    public enum Mode {
        /// It is refused when the head moved.
        OPTIMISTIC,
        /// It holds the head while it is decided.
        LOCKED;

        /// The name in small letters.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
