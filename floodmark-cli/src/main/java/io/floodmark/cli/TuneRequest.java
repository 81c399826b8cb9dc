package io.floodmark.cli;

import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.tune.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// What a user said on the command line of `store tune`.
///
/// @param memoryBytes of the server
/// @param cores of the server
/// @param role when no server tells it
/// @param rate events per second, of all processes
/// @param hold how the hold time is known
/// @param processes with pools of their own
/// @param walBytes most disk space for the log
/// @param skipped settings to leave alone
/// @param saved the file with former values, if one was named
/// @param store where the store's tables are
/// @param json whether to print JSON
record TuneRequest(
        OptionalLong memoryBytes,
        OptionalInt cores,
        Role role,
        OptionalDouble rate,
        Hold hold,
        int processes,
        OptionalLong walBytes,
        Set<String> skipped,
        Optional<Path> saved,
        StoreNames store,
        boolean json) {

    /// How the hold time is known.
    sealed interface Hold {
        /// It is not.
        record Unknown() implements Hold {}

        /// The user knows it.
        record Given(Duration time) implements Hold {}

        /// It is to be measured.
        record Probe() implements Hold {}
    }
}
