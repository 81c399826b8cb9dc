package io.floodmark.load.preflight;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the governor saw of the server at one moment.
///
/// @param clientBackends client connections, idle ones and our own included
/// @param freeConnections slots that a role without special rights can still get; never negative
/// @param replicas replicas that stream from the server
/// @param replicaLagBytes WAL that the slowest replica has not applied; empty when there is none or
///   the role may not see it
/// @param diskFreeBytes free space of the data directory; empty when it cannot be seen
public record ServerCounts(
        int clientBackends,
        int freeConnections,
        int replicas,
        OptionalLong replicaLagBytes,
        OptionalLong diskFreeBytes) {

    /// The numbers as gauges of a run's intervals: `server_connections`, `server_free_connections`,
    /// and where they are known `server_replica_lag_bytes` and `server_disk_free_bytes`.
    public SortedMap<String, Long> gauges() {
        SortedMap<String, Long> gauges = new TreeMap<>();
        gauges.put("server_connections", (long) clientBackends);
        gauges.put("server_free_connections", (long) freeConnections);
        replicaLagBytes.ifPresent(bytes -> gauges.put("server_replica_lag_bytes", bytes));
        diskFreeBytes.ifPresent(bytes -> gauges.put("server_disk_free_bytes", bytes));
        return Collections.unmodifiableSortedMap(gauges);
    }
}
