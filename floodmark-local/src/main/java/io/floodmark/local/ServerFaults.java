package io.floodmark.local;

import java.time.Duration;
import java.util.List;

/// Crashes and hangs of a local server, for tests of what must survive them. Each method fails with
/// [LocalServerException] when the server does not run.
public final class ServerFaults {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ServerInstance instance;
    private final ServerAddress address;

    ServerFaults(ServerInstance instance, ServerAddress address) {
        this.instance = instance;
        this.address = address;
    }

    /// Ends the postmaster and all its children with SIGKILL, as in a crash, and waits for their
    /// end.
    public void killNine() {
        ServerProcess server = instance.running(address);
        // Stopped first, so that it has no new child after they are listed.
        server.signal("STOP");
        List<Long> family = server.family();
        ServerProcess.send("KILL", family);
        if (!ServerProcess.awaitAllGone(family, TIMEOUT)) {
            throw new LocalServerException("the server's processes still live after SIGKILL");
        }
    }

    /// Ends the server as `pg_ctl stop --mode immediate` does: its sessions are told, nothing else
    /// is finished, and the next start recovers from the log.
    public void stopImmediately() {
        instance.running(address).end(TIMEOUT);
    }

    /// Stops the postmaster and all its children with SIGSTOP: connections stay open and are
    /// silent.
    public void freeze() {
        ServerProcess server = instance.running(address);
        server.signal("STOP");
        server.signalAll("STOP");
    }

    /// Lets a frozen server go on.
    public void thaw() {
        instance.running(address).signalAll("CONT");
    }
}
