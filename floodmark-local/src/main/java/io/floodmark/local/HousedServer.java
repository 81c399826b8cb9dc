package io.floodmark.local;

import java.io.IOException;
import java.util.Optional;

/// A server's process in its home, from the start to the close: what a broker and an engine have in
/// common. *Threads:* one at a time.
final class HousedServer {
    private final String what;
    private final ServerHome home;
    private final Instance instance;
    private boolean closed;

    /// @param what the server in the words of messages, such as `the broker`
    HousedServer(String what, ServerHome home, Instance instance) {
        this.what = what;
        this.home = home;
        this.instance = instance;
    }

    /// Starts and stops the process.
    interface Instance {
        Optional<ServerProcess> process();

        /// In order; no effect when it does not run.
        void stop();

        /// With SIGKILL; no effect when it does not run.
        void abandon();
    }

    /// Its process, which must be there.
    ServerProcess running() {
        return instance.process()
                .orElseThrow(() ->
                        new LocalServerException(
                                "%s in %s does not run".formatted(what, home.path())));
    }

    boolean isRunning() {
        return instance.process().isPresent();
    }

    void killNine() {
        running();
        instance.abandon();
    }

    void pause() {
        running().signal("STOP");
    }

    void resume() {
        running().signal("CONT");
    }

    /// After a start that failed: ends what may run, and leaves the home.
    void abandon() throws IOException {
        home.leaveAfter(instance::abandon);
    }

    /// Ends the server, in order if its data stays, and leaves the home; again without effect.
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            home.leaveAfter(home.kept() ? instance::stop : instance::abandon);
        } catch (IOException e) {
            throw new LocalServerException("could not remove the folder of " + what + ": " + e, e);
        }
    }
}
