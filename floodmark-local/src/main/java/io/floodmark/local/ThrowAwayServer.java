package io.floodmark.local;

import java.io.IOException;

/// A server instance in a folder that ends with this JVM.
final class ThrowAwayServer implements AutoCloseable {
    private final ServerHome home;
    private final ServerInstance instance;
    private boolean closed;

    private ThrowAwayServer(ServerHome home, ServerInstance instance) {
        this.home = home;
        this.instance = instance;
    }

    /// Makes the folder, still without data.
    static ThrowAwayServer open(PostgresBinaries binaries) throws IOException {
        // Beside the programs and not in the temporary folder: that one may be memory, without
        // fsync.
        ServerHome home = ServerHome.thrownAway(binaries.cache());
        return new ThrowAwayServer(home, new ServerInstance(binaries, home.path()));
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
        home.leaveAfter(instance::abandon);
    }
}
