package io.floodmark.cli;

import io.floodmark.load.arrival.ArrivalNotation;
import io.floodmark.load.arrival.ArrivalProcess;
import io.floodmark.load.arrival.Pacing;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.preflight.PreflightPlan;
import io.floodmark.load.workload.DatabaseWorkload;
import java.time.Duration;
import java.util.OptionalLong;

/// What a run is going to do to a server, worked out from its settings.
final class PreflightPlans {

    /// One for the governor, one for preparation and checks.
    private static final int MONITOR_CONNECTIONS = 2;

    private PreflightPlans() {}

    static PreflightPlan of(RunConfig config, DatabaseWorkload workload, TargetServer server) {
        return new PreflightPlan(
                workload.connectionsMax(),
                MONITOR_CONNECTIONS,
                config.pool().minFreeConnections(),
                expectedWriteBytes(config.load(), workload),
                workload.own(),
                config.load().deadline().orElse(Duration.ZERO),
                config.confirmed(),
                server.own().isPresent(),
                config.data().afterRun());
    }

    private static OptionalLong expectedWriteBytes(RunConfig.Load load, DatabaseWorkload workload) {
        return switch (pacing(load)) {
            case Pacing.Open(ArrivalProcess process) ->
                    OptionalLong.of(
                            workload.expectedWriteBytes(process.expectedWithin(load.duration())));
            case Pacing.Closed() -> OptionalLong.empty();
        };
    }

    static Pacing pacing(RunConfig.Load load) {
        return ArrivalNotation.parse(load.arrival(), load.ratePerSecond(), load.duration());
    }
}
