package io.floodmark.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.local.LocalCluster;
import io.floodmark.local.ReplicationState;
import io.floodmark.local.ServerState;
import java.io.IOException;

/// The state of the local server as one JSON object, without passwords.
final class LocalStatusJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LocalStatusJson() {}

    static String of(LocalCluster.Status status) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.set("server", server(status.primary()));
        root.set("replica", server(status.replica()));
        root.set("replication", replication(status.replication()));
        root.put("folder", status.folder().toString());
        root.put("bytes", status.bytes());
        return JSON.writeValueAsString(root);
    }

    private static ObjectNode server(ServerState state) {
        ObjectNode node = JSON.createObjectNode();
        return switch (state) {
            case ServerState.Absent _ -> node.put("state", "absent");
            case ServerState.Stopped stopped ->
                    node.put("state", "stopped")
                            .put("port", stopped.address().port())
                            .put("dataFolder", stopped.data().toString());
            case ServerState.Running running ->
                    node.put("state", "running")
                            .put("host", running.address().host())
                            .put("port", running.address().port())
                            .put("database", running.address().database())
                            .put("user", running.address().user())
                            .put("pid", running.pid())
                            .put("dataFolder", running.data().toString());
        };
    }

    private static ObjectNode replication(ReplicationState state) {
        ObjectNode node = JSON.createObjectNode();
        return switch (state) {
            case ReplicationState.None _ -> node.put("state", "none");
            case ReplicationState.Broken _ -> node.put("state", "broken");
            case ReplicationState.Following following ->
                    node.put("state", following.state())
                            .put("bytesBehind", following.bytesBehind())
                            .put("replayLagMillis", following.replayLag().toMillis());
        };
    }
}
