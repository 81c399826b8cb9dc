package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SortedMap;

/// A streaming, read-only replica of a [LocalPostgres], on a port of its own, that ends with its
/// close or with this JVM.
///
/// It has the primary's user and password. Close it before its primary. *Threads:* the address and
/// the waits are for all; the rest is for one thread at a time.
public final class LocalReplica implements AutoCloseable {
    private static final Duration STREAMING_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration DROP_TIMEOUT = Duration.ofSeconds(10);
    private static final String REPLAYED =
            "select coalesce(pg_last_wal_replay_lsn() >= ?::pg_lsn, false)";

    private final LocalPostgres primary;
    private final Replication replication;
    private final ThrowAwayServer server;
    private final ServerAddress address;

    private LocalReplica(
            LocalPostgres primary,
            Replication replication,
            ThrowAwayServer server,
            ServerAddress address) {
        this.primary = primary;
        this.replication = replication;
        this.server = server;
        this.address = address;
    }

    /// Copies the running primary and returns when the copy streams.
    ///
    /// @param name name of its slot and application, unique per primary: `a-z`, `0-9` and `_`
    public static LocalReplica start(LocalPostgres primary, String name) {
        var replication = new Replication(primary.address(), name);
        try {
            ThrowAwayServer server =
                    ThrowAwayServer.open(PostgresBinaries.locate(primary.options().programs()));
            try {
                return start(primary, replication, server);
            } catch (IOException | RuntimeException e) {
                server.closeAfter(e);
                throw e;
            }
        } catch (IOException e) {
            throw new LocalServerException("could not start replica " + name + ": " + e, e);
        }
    }

    private static LocalReplica start(
            LocalPostgres primary, Replication replication, ThrowAwayServer server)
            throws IOException {
        replication.copy(primary.dataDirectory(), server.instance().data());
        SortedMap<String, String> settings = replication.settings(primary.options().settings());
        int port = server.instance().startOnFreePort(settings, primary.options().startTimeout());
        var address = ServerAddress.loopback(port, primary.password());
        ServerChecks.verify(address, primary.options().programs());
        if (!replication.awaitStreaming(STREAMING_TIMEOUT)) {
            throw new LocalServerException(
                    "replica %s at %s does not stream after %d s"
                            .formatted(replication.name(), address, STREAMING_TIMEOUT.toSeconds()));
        }
        return new LocalReplica(primary, replication, server, address);
    }

    /// Where the replica is reached; user and password are the primary's.
    public ServerAddress address() {
        return address;
    }

    /// The JDBC URL, without credentials.
    public String url() {
        return address.url();
    }

    /// TCP port.
    public int port() {
        return address.port();
    }

    /// Its name in the primary's `pg_stat_replication`, and of its slot.
    public String name() {
        return replication.name();
    }

    /// The data folder; it is gone after [#close()].
    public Path dataDirectory() {
        return server.instance().data();
    }

    /// The server's log; it is gone after [#close()].
    public Path logFile() {
        return server.instance().log();
    }

    /// Crashes and hangs for tests.
    public ServerFaults faults() {
        return new ServerFaults(server.instance(), address);
    }

    /// Waits until all that the primary has written by now can be read here; false when the time is
    /// over.
    public boolean awaitCaughtUp(Duration timeout) {
        return awaitReplayed(replication.written(), timeout);
    }

    /// Waits until the replica has replayed up to this position of the log (`0/1A2B3C`); false when
    /// the time is over.
    public boolean awaitReplayed(String lsn, Duration timeout) {
        try (Connection session = ServerChecks.connect(address)) {
            return Waiting.until(timeout, () -> hasReplayed(session, lsn));
        } catch (SQLException e) {
            throw ServerChecks.noAnswer(address, e);
        }
    }

    private boolean hasReplayed(Connection session, String lsn) {
        try {
            return Replication.text(session, REPLAYED, lsn).equals("t");
        } catch (SQLException e) {
            throw ServerChecks.noAnswer(address, e);
        }
    }

    /// Ends the replica, deletes its data and its slot on the primary; repeated calls have no
    /// effect.
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new LocalServerException("could not remove the replica's folder: " + e, e);
        }
        if (primary.isRunning() && !replication.dropSlot(DROP_TIMEOUT)) {
            throw new LocalServerException(
                    "the primary at %s still holds slot %s, though its replica has ended"
                            .formatted(primary.address(), name()));
        }
    }

    @Override
    public String toString() {
        return "LocalReplica[" + address + ", " + replication.name() + "]";
    }
}
