package io.floodmark.load.run;

import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.record.Calibration;
import io.floodmark.load.record.RunObserver;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.WriteCheck;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A load run: calibrate, run, check, judge. The workload is prepared before and cleaned up after
/// by its owner.
///
/// *Threads.* [#run] is called once; its [RunControl] may be used by any thread meanwhile.
public final class LoadRun {

    private static final Duration CALIBRATION = Duration.ofSeconds(1);
    private static final Calibration NOT_CALIBRATED = new Calibration(0, 0);

    private final TimeSource time;
    private final RunRequest request;
    private final RunControl control;

    public LoadRun(TimeSource time, RunRequest request, RunControl control) {
        this.time = time;
        this.request = request;
        this.control = control;
    }

    /// Runs and tells the observers, ending with the judged result.
    public RunResult run(List<RunObserver> observers, List<DistributionObserver> distributions) {
        Calibration calibration =
                request.calibrate()
                        ? new Calibrator(time).calibrate(request.plan(), CALIBRATION)
                        : NOT_CALIBRATED;
        observers.forEach(observer -> observer.started(request.info()));
        // The garbage of the preparation is not to be collected in the first seconds of the run.
        System.gc();
        Engine engine = new Engine(time, request.plan(), request.workload(), control);
        EngineResult measured =
                engine.run((interval, histograms) -> {
                    control.drainNotices().forEach(n -> observers.forEach(o -> o.notice(n)));
                    observers.forEach(observer -> observer.interval(interval));
                    distributions.forEach(d -> d.interval(interval, histograms));
                });
        // What happens after the load, a signal during the check too, is not the load's.
        Optional<RunControl.Stop> stop = control.requested();
        Optional<WriteCheck> writes =
                request.workload()
                        .check(sentence ->
                                observers.forEach(observer -> observer.notice(sentence)));
        long bytes = request.workload().gauges().getOrDefault("bytes_written", 0L);
        RunResult result =
                new Judge(request, stop)
                        .judge(
                                measured,
                                calibration,
                                new Judge.Written(bytes, request.workload().counts(), writes));
        distributions.forEach(observer -> observer.run(measured.histograms()));
        observers.forEach(observer -> observer.finished(result));
        return result;
    }
}
