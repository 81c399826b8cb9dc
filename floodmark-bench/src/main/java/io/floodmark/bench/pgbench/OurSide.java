package io.floodmark.bench.pgbench;

import io.floodmark.load.arrival.Pacing;
import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/// The load engine in a closed loop, which is how pgbench runs.
///
/// @param clients workers, and connections
record OurSide(ConnectionTarget target, int clients) {

    private static final int UNUSED_QUEUE = 1;
    private static final long UNUSED_SEED = 0;

    Measured measure(BenchStatement statement, Duration length) throws Exception {
        TimeSource time = SystemTime.INSTANCE;
        LoadPlan plan =
                new LoadPlan(
                        new Pacing.Closed(),
                        length,
                        clients,
                        UNUSED_QUEUE,
                        QueuePolicy.WAIT,
                        Optional.empty(),
                        UNUSED_SEED);
        try (StatementWorkload workload = new StatementWorkload(target, statement, clients, time)) {
            workload.prepare(_ -> {});
            EngineResult result =
                    new Engine(time, plan, workload, new RunControl()).run((_, _) -> {});
            long done = result.account().done();
            boolean nothingFailed = result.account().due() == done;
            return new Measured(
                    done / result.elapsedSeconds(), done, result.booksClosed() && nothingFailed);
        }
    }
}
