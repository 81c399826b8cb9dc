package io.floodmark.cli;

import io.floodmark.store.postgres.tune.HoldTimeProbe.Measured;
import io.floodmark.store.postgres.tune.PoolSize;

/// How large pools should be, and what that is based on.
sealed interface PoolAdvice {

    /// Rate or hold time are not known.
    record Unknown() implements PoolAdvice {}

    /// Worked out from the hold time that the user gave.
    ///
    /// @param size of one process's pool
    /// @param processes that have one
    record Given(PoolSize size, int processes) implements PoolAdvice {}

    /// Worked out from a measured hold time.
    ///
    /// @param alone one session's hold time
    /// @param together as many sessions at once as the pools have, as far as the probe goes
    record Probed(PoolSize size, int processes, Measured alone, Measured together)
            implements PoolAdvice {

        /// Whether so many sessions reach the wanted rate.
        boolean enough() {
            return together.perSecond() >= size.ratePerSecond() * processes;
        }
    }

    /// Connections of all pools together.
    default int connections() {
        return switch (this) {
            case Unknown() -> 0;
            case Given(PoolSize size, int processes) -> size.connections() * processes;
            case Probed(PoolSize size, int processes, _, _) -> size.connections() * processes;
        };
    }
}
