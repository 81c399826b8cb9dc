package io.floodmark.load.workload;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.time.TimeSource;
import java.util.Optional;

/// What a workload is made from.
///
/// @param config the run's settings
/// @param target the database to load
/// @param replica a replica of it for reads, when there is one
/// @param runId the run's unique name
/// @param control through which a workload may end the run or tell the user something
public record WorkloadContext(
        RunConfig config,
        ConnectionTarget target,
        Optional<ConnectionTarget> replica,
        String runId,
        TimeSource time,
        RunControl control) {}
