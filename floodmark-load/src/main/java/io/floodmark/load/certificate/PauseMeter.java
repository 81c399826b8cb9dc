package io.floodmark.load.certificate;

import io.floodmark.load.time.SystemTime;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Measures stalls of the whole process: a thread that sleeps briefly and notes how much too late
/// it wakes up (the method of Gil Tene's jHiccup). It sees garbage collections, safepoints, a
/// descheduled process and a stopped machine alike.
///
/// *Threads.* [#run] has a thread of its own; the figures may be read by any.
final class PauseMeter implements Runnable {

    private static final long STEP_NANOS = Duration.ofMillis(5).toNanos();
    private static final long PAUSE_NANOS_MIN = Duration.ofMillis(2).toNanos();

    private final TimeSource time;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong maxNanos = new AtomicLong();
    private final AtomicLong intervalMaxNanos = new AtomicLong();
    private final AtomicLong totalNanos = new AtomicLong();

    PauseMeter(TimeSource time) {
        this.time = time;
    }

    @Override
    public void run() {
        SystemTime.INSTANCE.wakeThisThreadPromptly();
        while (!ended.get()) {
            long before = time.nanos();
            time.parkUntil(before + STEP_NANOS);
            long late = time.nanos() - before - STEP_NANOS;
            if (late >= PAUSE_NANOS_MIN) {
                maxNanos.accumulateAndGet(late, Math::max);
                intervalMaxNanos.accumulateAndGet(late, Math::max);
                totalNanos.addAndGet(late);
            }
        }
    }

    void end() {
        ended.set(true);
    }

    double maxMillis() {
        return maxNanos.get() / 1e6;
    }

    double totalMillis() {
        return totalNanos.get() / 1e6;
    }

    /// The longest stall since the last call.
    double drainMaxMillis() {
        return intervalMaxNanos.getAndSet(0) / 1e6;
    }
}
