package io.floodmark.load.run;

import io.floodmark.load.arrival.ArrivalNotation;
import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.record.Calibration;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/// Measures how many operations per second this host's generator can offer: the same schedule,
/// queue and workers as in the run, against a target that does nothing.
public final class Calibrator {

    private static final double MORE_THAN_POSSIBLE = 10_000_000;

    private final TimeSource time;

    public Calibrator(TimeSource time) {
        this.time = time;
    }

    /// Calibrates for the workers and the queue of `plan`.
    public Calibration calibrate(LoadPlan plan, Duration length) {
        LoadPlan flatOut =
                new LoadPlan(
                        ArrivalNotation.parse("constant", MORE_THAN_POSSIBLE, length),
                        length,
                        plan.workers(),
                        plan.queueCapacity(),
                        QueuePolicy.WAIT,
                        Optional.empty(),
                        plan.seed());
        EngineResult result =
                new Engine(time, flatOut, new NoOpWorkload(), new RunControl()).run((_, _) -> {});
        return new Calibration(
                result.account().done() / result.elapsedSeconds(), result.elapsedSeconds());
    }
}
