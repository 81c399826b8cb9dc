package io.floodmark.bench.timer;

import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.run.NoOpWorkload;
import io.floodmark.load.time.SystemTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// The engine's timer: from due to released, while workers take what is released.
///
/// @param late released - due
/// @param valid whether the books closed and every arrival found a place, so that none is missing
record EngineTimer(Lateness late, boolean valid) {

    private static final int WORKERS = 50;

    /// Room for two seconds of the highest rate: a full queue must not hide how late the timer is.
    private static final int QUEUE = 100_000;

    static EngineTimer measure(Beat beat, Duration length, long seed) {
        LoadPlan plan =
                new LoadPlan(
                        beat.pacing(length),
                        length,
                        WORKERS,
                        QUEUE,
                        QueuePolicy.REJECT,
                        Optional.empty(),
                        seed);
        EngineResult result =
                new Engine(SystemTime.INSTANCE, plan, new NoOpWorkload(), new RunControl())
                        .run((_, _) -> {});
        Lateness late = Lateness.of(Objects.requireNonNull(result.histograms().get("lag")));
        boolean complete = late.count() == result.account().due();
        return new EngineTimer(late, result.booksClosed() && complete);
    }
}
