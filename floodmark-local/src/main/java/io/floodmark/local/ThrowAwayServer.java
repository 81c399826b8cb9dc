package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Path;

/// A server instance in a folder that ends with this JVM.
final class ThrowAwayServer implements AutoCloseable {
    private final OwnedFolder folder;
    private final Guard guard;
    private final ServerInstance instance;
    private boolean closed;

    private ThrowAwayServer(OwnedFolder folder, Guard guard, ServerInstance instance) {
        this.folder = folder;
        this.guard = guard;
        this.instance = instance;
    }

    /// Makes the folder, still without data.
    static ThrowAwayServer open(PostgresBinaries binaries) throws IOException {
        // Beside the programs and not in the temporary folder: that one may be memory, without
        // fsync.
        OwnedFolder folder = OwnedFolder.create(binaries.cache().resolve("servers"));
        try {
            Path path = folder.path();
            return new ThrowAwayServer(
                    folder, Guard.watch(path), new ServerInstance(binaries, path));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    ServerInstance instance() {
        return instance;
    }

    /// Closes after this failure, which stays the one to be reported.
    void closeAfter(Exception failure) {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /// Ends the server and deletes its folder.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        // Each step is taken even when one before it failed; the guard goes last.
        try (guard;
                folder) {
            instance.abandon();
        }
    }
}
