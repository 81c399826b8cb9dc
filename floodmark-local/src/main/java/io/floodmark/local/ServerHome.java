package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Path;

/// The folder of a local server and the guard that watches over it: gone with the server, or kept.
///
/// @param kept whether the folder stays when the server ends
record ServerHome(OwnedFolder folder, Guard guard, boolean kept) {

    /// Makes a home when the server's programs are there.
    interface Maker {
        /// Makes it.
        ///
        /// @param cache where programs and folders that go away are
        ServerHome in(Path cache) throws IOException;
    }

    /// A new one that goes with the server.
    static ServerHome thrownAway(Path cache) throws IOException {
        return guarded(OwnedFolder.create(cache.resolve("servers")), false);
    }

    /// This one, made if it is missing, which stays.
    static ServerHome keptIn(Path path) throws IOException {
        return guarded(OwnedFolder.keep(path.toAbsolutePath()), true);
    }

    private static ServerHome guarded(OwnedFolder folder, boolean kept) throws IOException {
        try {
            Path path = folder.path();
            return new ServerHome(folder, kept ? Guard.watchKept(path) : Guard.watch(path), kept);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /// Where `floodmark local` keeps this user's server of that name.
    static Path ofUser(String name) {
        Path state = UserFolders.current().state();
        if (!state.isAbsolute()) {
            throw new LocalServerException(
                    "this account has no home folder; set XDG_STATE_HOME or name a folder");
        }
        return state.resolve("local").resolve(name);
    }

    Path path() {
        return folder.path();
    }

    /// Ends the server and then leaves: each step is taken even when one before it failed, and the
    /// guard goes last.
    void leaveAfter(Runnable end) throws IOException {
        try (guard;
                folder) {
            end.run();
        }
    }
}
