package io.floodmark.load.record;

import java.util.List;
import java.util.OptionalDouble;

/// The generator's testimony about itself: whether the result measures the target.
///
/// @param calibration measured ceiling before the run
/// @param lagLimitMillis lag with a free worker above this is a disturbance
/// @param lagWithFreeWorker from due to a worker's hands, for arrivals that found a worker free
/// @param disturbed due arrivals later than the limit although a worker was free
/// @param disturbedPercent the same in percent of all due arrivals
/// @param pauseMillisMax longest stall of the whole process
/// @param pauseMillisTotal all stalls together
/// @param gcMillis time that garbage collections reported
/// @param cpuPercent mean CPU of the generator's process, percent of all cores; empty when the
///   system does not tell
/// @param throttledMillis time that the control group was throttled
/// @param faults why the result is invalid, each a sentence with its numbers; empty when it is
///   valid
/// @param notes disturbances too small to invalidate the result
public record Certificate(
        Calibration calibration,
        double lagLimitMillis,
        Latency lagWithFreeWorker,
        long disturbed,
        double disturbedPercent,
        double pauseMillisMax,
        double pauseMillisTotal,
        double gcMillis,
        OptionalDouble cpuPercent,
        double throttledMillis,
        List<String> faults,
        List<String> notes) {

    public Certificate {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    public boolean valid() {
        return faults.isEmpty();
    }
}
