package io.floodmark.load.workload;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/// What a workload is made from.
///
/// @param config the run's settings
/// @param database the database to load, unless the run only loads a service
/// @param replica a replica of it for reads, when there is one
/// @param runId the run's unique name
/// @param control through which a workload may end the run or tell the user something
/// @param services starts a service beside the database for workloads that load one
public record WorkloadContext(
        RunConfig config,
        Optional<ConnectionTarget> database,
        Optional<ConnectionTarget> replica,
        String runId,
        TimeSource time,
        RunControl control,
        ServiceStarter services) {

    /// How long to rehearse before the run: no longer than `most` and than half of the run.
    public Duration rehearsal(Duration most) {
        Duration half = config.load().duration().dividedBy(2);
        return half.compareTo(most) < 0 ? half : most;
    }

    /// The database to load.
    public ConnectionTarget target() {
        return database.orElseThrow(
                () -> new IllegalStateException("this run was given no database"));
    }
}
