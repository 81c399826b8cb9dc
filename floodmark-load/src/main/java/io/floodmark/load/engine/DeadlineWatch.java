package io.floodmark.load.engine;

import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Cancels operations whose deadline has passed, so that their workers come free.
///
/// *Threads.* [#run] has a thread of its own.
final class DeadlineWatch implements Runnable {

    private static final long TICK_NANOS_MIN = Duration.ofMillis(1).toNanos();
    private static final long TICK_NANOS_MAX = Duration.ofMillis(10).toNanos();

    private final TimeSource time;
    private final List<Worker> workers;
    private final long tickNanos;
    private final AtomicBoolean ended = new AtomicBoolean();

    DeadlineWatch(TimeSource time, List<Worker> workers, Duration deadline) {
        this.time = time;
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

    private static void cancel(Worker worker) {
        try {
            worker.client().cancel();
        } finally {
            worker.state().cancelled();
        }
    }

    void end() {
        ended.set(true);
    }
}
