package io.floodmark.load.preflight;

import io.floodmark.load.config.AfterRun;
import java.time.Duration;
import java.util.OptionalLong;

/// What a run is going to do to the server, as far as its safety is concerned.
///
/// @param poolMax most connections of the run's pools together, all agents included
/// @param monitorConnections connections beside the pools: governor, samplers
/// @param minFree connections that must stay free for others while the pools are full
/// @param expectedWriteBytes payload that the run will write; empty when not known
/// @param own what the workload creates
/// @param deadline each operation's deadline; zero when there is none
/// @param confirmed whether the user said `--yes` to a database that others use
/// @param ownServer whether the server is private to us (started by us for this run)
/// @param afterRun what becomes of it
public record PreflightPlan(
        int poolMax,
        int monitorConnections,
        int minFree,
        OptionalLong expectedWriteBytes,
        OwnObject own,
        Duration deadline,
        boolean confirmed,
        boolean ownServer,
        AfterRun afterRun) {

    public PreflightPlan {
        if (poolMax < 1 || monitorConnections < 0 || minFree < 0) {
            throw new IllegalArgumentException(
                    "%d pool, %d monitor and %d free connections: none may be negative, the pool not 0"
                            .formatted(poolMax, monitorConnections, minFree));
        }
        if (expectedWriteBytes.isPresent() && expectedWriteBytes.getAsLong() < 0) {
            throw new IllegalArgumentException("a negative volume is expected");
        }
        if (deadline.isNegative()) {
            throw new IllegalArgumentException("a negative deadline");
        }
    }

    /// A table of the workload as SQL writes it.
    String ownTable() {
        return own.table();
    }

    int wanted() {
        return poolMax + monitorConnections;
    }
}
