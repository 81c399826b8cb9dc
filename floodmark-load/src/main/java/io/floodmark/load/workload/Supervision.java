package io.floodmark.load.workload;

import io.floodmark.load.engine.RunControl;
import io.floodmark.load.postgres.ConnectionFailure;
import io.floodmark.load.preflight.Governor;
import io.floodmark.load.preflight.GovernorOutcome;
import io.floodmark.load.preflight.GovernorPlan;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// A [Governor] at work: a thread looks at the server once a second and shrinks the run's pool, or
/// ends the run, when others would have to go without.
///
/// *Threads.* Any.
public final class Supervision implements AutoCloseable {

    private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Governor governor;
    private final Pool pool;
    private final int most;
    private final RunControl control;
    private final TimeSource time;
    private final AtomicBoolean closed = new AtomicBoolean();
    private int allowed;

    /// The connections of the run.
    public interface Pool {

        /// How many there are.
        int open();

        /// From now on at most so many; those above go as soon as nobody uses them.
        void resize(int connections);
    }

    private Supervision(WorkloadContext context, Governor governor, Pool pool, int most) {
        this.governor = governor;
        this.pool = pool;
        this.most = most;
        this.allowed = most;
        this.control = context.control();
        this.time = context.time();
    }

    /// Starts to look after `pool`.
    ///
    /// @param most connections of the full pool
    /// @throws ConnectionFailure when the server cannot be reached
    public static Supervision start(WorkloadContext context, Pool pool, int most) {
        GovernorPlan plan = GovernorPlan.of(most, context.config().pool().minFreeConnections());
        Governor governor =
                Governor.start(context.target(), plan, pool::open, context.time()::nanos);
        Supervision supervision = new Supervision(context, governor, pool, most);
        Thread.ofPlatform().daemon().name("floodmark-governor").start(supervision::govern);
        return supervision;
    }

    /// A run that nobody watches over must not go on.
    private void govern() {
        try {
            while (!closed.get()) {
                long before = time.nanos();
                apply(governor.tick());
                time.parkUntil(before + TICK_NANOS);
            }
        } catch (RuntimeException | Error e) {
            control.brokeDown("the governor", e);
        }
    }

    private void apply(GovernorOutcome outcome) {
        switch (outcome) {
            case GovernorOutcome.Steady _ -> resize(most, "all connections are allowed again");
            case GovernorOutcome.BackOff(String reason, int size) -> resize(size, reason);
            case GovernorOutcome.Stop(String reason) ->
                    control.stop(
                            new RunControl.Stop.Aborted("the governor stopped the run: " + reason));
            case GovernorOutcome.Blind
                            _ -> {} // the operations themselves tell that the server is gone
        }
    }

    private void resize(int size, String reason) {
        if (size != allowed) {
            allowed = size;
            pool.resize(size);
            control.notice("governor: pool at most %d connections: %s".formatted(size, reason));
        }
    }

    /// Levels of the server.
    public Map<String, Long> gauges() {
        return governor.gauges();
    }

    @Override
    public void close() {
        closed.set(true);
        governor.close();
    }
}
