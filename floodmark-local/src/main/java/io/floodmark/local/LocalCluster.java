package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A kept PostgreSQL 18 server, with a streaming replica on request, that goes on running when the
/// command that started it ends, and keeps its data over crashes and restarts of the machine.
///
/// Failures are [LocalServerException]. *Threads and processes:* changes by several at once are
/// done one after the other; the status may be asked at any time.
public final class LocalCluster {
    private static final Duration CHANGE_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration STREAMING_TIMEOUT = Duration.ofSeconds(30);
    private static final String REPLICA = "floodmark_replica";
    private static final String LOST =
            "select count(*) from pg_replication_slots where slot_name = ? and wal_status = 'lost'";
    private static final String FOLLOWING =
            """
            select state,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint as bytes_behind,
                   coalesce(extract(epoch from replay_lag) * 1000, 0)::bigint as lag_millis
            from pg_stat_replication where application_name = ?
            """;

    private final Path folder;
    private final KeptServer primary;
    private final KeptServer replica;

    private LocalCluster(Path folder) {
        this.folder = folder;
        this.primary = new KeptServer(folder.resolve("primary"));
        this.replica = new KeptServer(folder.resolve("replica"));
    }

    /// What there is.
    ///
    /// @param primary the server
    /// @param replica its replica
    /// @param replication how the replica follows
    /// @param bytes disk space of both
    /// @param folder where all files are
    public record Status(
            ServerState primary,
            ServerState replica,
            ReplicationState replication,
            long bytes,
            Path folder) {}

    /// The cluster in this user's state folder.
    public static LocalCluster ofUser() {
        Path state = UserFolders.current().state();
        if (!state.isAbsolute()) {
            throw new LocalServerException(
                    "this account has no home folder; set XDG_STATE_HOME or name a folder");
        }
        return in(state.resolve("local"));
    }

    /// The cluster in this folder, which need not exist yet.
    public static LocalCluster in(Path folder) {
        return new LocalCluster(folder.toAbsolutePath().normalize());
    }

    /// Makes and starts what is missing; false when there was nothing to do.
    ///
    /// @param withReplica whether a replica is wanted too; one that exists is always started
    public boolean up(boolean withReplica) {
        return change(() -> bringUp(withReplica));
    }

    /// Stops what runs, keeping the data; false when nothing ran.
    public boolean down() {
        return change(this::stopAll);
    }

    /// Stops what runs and deletes all data; false when there was none.
    public boolean remove() {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        return change(this::stopAndDelete);
    }

    /// What there is now.
    public Status status() {
        try {
            ServerState primaryState = primary.state();
            ServerState replicaState = replica.state();
            ReplicationState replication = new ReplicationState.None();
            if (primaryState instanceof ServerState.Running running
                    && replicaState instanceof ServerState.Running) {
                replication = replication(running.address());
            }
            long bytes = Files.isDirectory(folder) ? FileTrees.bytes(folder) : 0;
            return new Status(primaryState, replicaState, replication, bytes, folder);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private boolean bringUp(boolean withReplica) throws IOException {
        PostgresBinaries binaries = PostgresBinaries.locate();
        CachedFolder.obtain(folder, "primary", made -> makePrimary(binaries, made));
        boolean changed = false;
        if (!(primary.state() instanceof ServerState.Running)) {
            // It may get another port, which a running replica would not learn.
            replica.stop(binaries);
            primary.start(binaries, Map.of());
            changed = true;
        }
        if (withReplica || replica.exists()) {
            changed |= bringUpReplica(binaries);
        }
        return changed;
    }

    private boolean bringUpReplica(PostgresBinaries binaries) throws IOException {
        var replication = new Replication(primaryAddress(), REPLICA);
        if (replica.exists() && slotIsLost(replication.primary())) {
            // It was away for so long that the primary no longer has the log that it needs.
            replica.stop(binaries);
            FileTrees.delete(folder.resolve("replica"));
        }
        CachedFolder.obtain(folder, "replica", made -> makeReplica(replication, made));
        if (replica.state() instanceof ServerState.Running) {
            return false;
        }
        ServerAddress address = replica.start(binaries, replication.settings(Map.of()));
        if (!replication.awaitStreaming(STREAMING_TIMEOUT)) {
            throw new LocalServerException(
                    "the replica at %s does not stream after %d s; its log is in %s"
                            .formatted(
                                    address,
                                    STREAMING_TIMEOUT.toSeconds(),
                                    folder.resolve("replica")));
        }
        return true;
    }

    private static void makePrimary(PostgresBinaries binaries, Path made) throws IOException {
        ServerAccount.current().own(made);
        String password = Passwords.random();
        new DataFolders(binaries).create(made.resolve("data"), password);
        KeptServer.writeAddress(made, ServerAddress.loopback(FreePort.choose(), password));
    }

    private void makeReplica(Replication replication, Path made) throws IOException {
        replication.copy(primary.data(), made.resolve("data"));
        ServerAccount.current().own(made);
        String password = replication.primary().password();
        KeptServer.writeAddress(made, ServerAddress.loopback(FreePort.choose(), password));
    }

    private ServerAddress primaryAddress() throws IOException {
        Optional<ServerAddress> address = primary.address();
        return address.orElseThrow(
                () -> new LocalServerException("there is no server in " + folder));
    }

    private boolean stopAll() throws IOException {
        boolean ran = false;
        for (KeptServer server : new KeptServer[] {replica, primary}) {
            if (server.state() instanceof ServerState.Running) {
                server.stop(PostgresBinaries.locate());
                ran = true;
            }
        }
        return ran;
    }

    private boolean stopAndDelete() throws IOException {
        stopAll();
        boolean existed = primary.exists() || replica.exists();
        for (String part : new String[] {"replica", "replica.part", "primary", "primary.part"}) {
            FileTrees.delete(folder.resolve(part));
        }
        return existed;
    }

    private static boolean slotIsLost(ServerAddress address) {
        try (Connection session = ServerChecks.connect(address)) {
            return !Replication.text(session, LOST, REPLICA).equals("0");
        } catch (SQLException e) {
            throw ServerChecks.noAnswer(address, e);
        }
    }

    private static ReplicationState replication(ServerAddress address) {
        try (Connection session = ServerChecks.connect(address);
                PreparedStatement statement = session.prepareStatement(FOLLOWING)) {
            statement.setString(1, REPLICA);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return new ReplicationState.Broken();
                }
                return new ReplicationState.Following(
                        row.getString("state"),
                        row.getLong("bytes_behind"),
                        Duration.ofMillis(row.getLong("lag_millis")));
            }
        } catch (SQLException e) {
            throw ServerChecks.noAnswer(address, e);
        }
    }

    private boolean change(Change change) {
        try {
            FileTrees.createPrivate(folder);
            ServerAccount.current().admit(folder);
            try (var _ = FileGate.open(folder.resolve(".gate"), CHANGE_TIMEOUT)) {
                return change.make();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private LocalServerException failed(IOException e) {
        return new LocalServerException("the local server in " + folder + " failed: " + e, e);
    }

    private interface Change {
        boolean make() throws IOException;
    }
}
