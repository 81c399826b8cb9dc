package io.floodmark.load.run;

import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.Workload;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.threshold.Threshold;
import java.util.List;

/// Everything that a run needs.
///
/// @param info what is asked, for views and files
/// @param plan how the load is driven
/// @param workload what is done to the target
/// @param thresholds the objectives
/// @param calibrate whether the generator is calibrated before the run
public record RunRequest(
        RunInfo info,
        LoadPlan plan,
        Workload workload,
        List<Threshold> thresholds,
        boolean calibrate) {

    public RunRequest {
        thresholds = List.copyOf(thresholds);
    }
}
