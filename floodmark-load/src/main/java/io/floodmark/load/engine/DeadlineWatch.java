package io.floodmark.load.engine;

import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Cancels operations whose deadline has passed, so that their workers come free. A client that
/// fails to cancel ends the run; the others are still cancelled.
///
/// *Threads.* [#run] has a thread of its own.
final class DeadlineWatch implements Runnable {

    private static final long TICK_NANOS_MIN = Duration.ofMillis(1).toNanos();
    private static final long TICK_NANOS_MAX = Duration.ofMillis(10).toNanos();

    private final TimeSource time;
    private final List<Worker> workers;
    private final long tickNanos;
    private final RunControl control;
    private final AtomicBoolean ended = new AtomicBoolean();

    DeadlineWatch(TimeSource time, List<Worker> workers, Duration deadline, RunControl control) {
        this.time = time;
        this.control = control;
        this.workers = workers;
        this.tickNanos = Math.clamp(deadline.toNanos() / 20, TICK_NANOS_MIN, TICK_NANOS_MAX);
    }

    @Override
    public void run() {
        while (!ended.get()) {
            long now = time.nanos();
            for (Worker worker : workers) {
                if (worker.state().claimOverdue(now)) {
                    cancel(worker);
                }
            }
            time.parkUntil(now + tickNanos);
        }
    }

    private void cancel(Worker worker) {
        try {
            worker.client().cancel();
        } catch (RuntimeException | Error e) {
            control.brokeDown("the cancelling of operations", e);
        } finally {
            worker.state().cancelled();
        }
    }

    void end() {
        ended.set(true);
    }
}
