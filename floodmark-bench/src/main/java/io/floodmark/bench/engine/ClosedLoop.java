package io.floodmark.bench.engine;

import io.floodmark.load.arrival.Pacing;
import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/// One worker in a closed loop against nothing.
///
/// @param perSecond operations per second of the one worker
/// @param perCpuSecond operations per second of its processor time: what it would do on a host that
///   never takes the processor away
/// @param bytesPerOperation what the worker's thread allocated
/// @param booksClosed whether the account closed
record ClosedLoop(
        double perSecond, double perCpuSecond, double bytesPerOperation, boolean booksClosed) {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final int UNUSED_QUEUE = 1;

    static ClosedLoop measure(TimeSource time, Duration length, long seed) {
        LoadPlan plan =
                new LoadPlan(
                        new Pacing.Closed(),
                        length,
                        1,
                        UNUSED_QUEUE,
                        QueuePolicy.WAIT,
                        Optional.of(DEADLINE),
                        seed);
        MeteredNoOp target = new MeteredNoOp(time, length.dividedBy(4));
        EngineResult result = new Engine(time, plan, target, new RunControl()).run((_, _) -> {});
        return new ClosedLoop(
                result.account().done() / result.elapsedSeconds(),
                target.perCpuSecond(),
                target.bytesPerOperation(),
                result.booksClosed());
    }
}
