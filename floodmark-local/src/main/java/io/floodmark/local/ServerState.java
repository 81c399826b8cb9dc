package io.floodmark.local;

import java.nio.file.Path;

/// What is to be said about one server of a kept cluster.
public sealed interface ServerState {
    /// It was never made, or it was removed.
    record Absent() implements ServerState {}

    /// Its data is there and no server runs on it.
    ///
    /// @param address where it was reached last
    /// @param data its data folder
    record Stopped(ServerAddress address, Path data) implements ServerState {}

    /// A server runs on its data.
    ///
    /// @param address where it is reached
    /// @param pid process id of the postmaster
    /// @param data its data folder
    record Running(ServerAddress address, long pid, Path data) implements ServerState {}
}
