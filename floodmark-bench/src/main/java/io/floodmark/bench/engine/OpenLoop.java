package io.floodmark.bench.engine;

import io.floodmark.load.arrival.ArrivalNotation;
import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.run.NoOpWorkload;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/// Arrivals at more than the engine can do, through the queue to all workers, against nothing.
///
/// @param perSecond operations done per second
/// @param offered arrivals per second that were due
/// @param booksClosed whether the account closed
record OpenLoop(double perSecond, double offered, boolean booksClosed) {

    /// Where the engine can no longer follow its offered rate.
    private static final double FOLLOWED = 0.99;

    /// The part of the engine that is measured.
    ///
    /// @param workers how many take from the queue
    /// @param queue its places
    record Shape(int workers, int queue) {}

    static OpenLoop measure(
            TimeSource time, Shape shape, double offered, Duration length, long seed) {
        // No deadline: in a flood beyond the ceiling each arrival would pass it in the queue.
        LoadPlan plan =
                new LoadPlan(
                        ArrivalNotation.parse("constant", offered, length),
                        length,
                        shape.workers(),
                        shape.queue(),
                        QueuePolicy.WAIT,
                        Optional.empty(),
                        seed);
        EngineResult result =
                new Engine(time, plan, new NoOpWorkload(), new RunControl()).run((_, _) -> {});
        return new OpenLoop(
                result.account().done() / result.elapsedSeconds(), offered, result.booksClosed());
    }

    /// Whether more was offered than done, so that the ceiling was reached.
    boolean saturated() {
        return perSecond < FOLLOWED * offered;
    }
}
