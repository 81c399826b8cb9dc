package io.floodmark.cli;

import io.floodmark.local.LocalCluster;
import io.floodmark.local.ReplicationState;
import io.floodmark.local.ServerState;
import java.util.Locale;

/// The state of the local server in lines for people.
final class LocalStatusText {
    private static final long MEBIBYTE = 1 << 20;

    private LocalStatusText() {}

    static String of(LocalCluster.Status status) {
        return "server:  %s%nreplica: %s%s%nfiles:   %s (%d MiB)%n"
                .formatted(
                        server(status.primary()),
                        server(status.replica()),
                        replication(status.replication()),
                        status.folder(),
                        status.bytes() / MEBIBYTE);
    }

    private static String server(ServerState state) {
        return switch (state) {
            case ServerState.Absent _ -> "none";
            case ServerState.Stopped stopped ->
                    "stopped (was on port " + stopped.address().port() + ")";
            case ServerState.Running running ->
                    "running at %s (pid %d)".formatted(running.address(), running.pid());
        };
    }

    private static String replication(ReplicationState state) {
        return switch (state) {
            case ReplicationState.None _ -> "";
            case ReplicationState.Broken _ -> ", receives nothing from the server";
            case ReplicationState.Following following ->
                    String.format(
                            Locale.ROOT,
                            ", %s, %d bytes behind, lag %d ms",
                            following.state(),
                            following.bytesBehind(),
                            following.replayLag().toMillis());
        };
    }
}
