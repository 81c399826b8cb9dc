package io.floodmark.bench.timer;

import io.floodmark.load.arrival.Arrivals;
import io.floodmark.load.time.SystemTime;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// The floor of a timer: a thread that parks until each due time and does nothing else.
///
/// It waits for the same due times as the engine, with the same precise wake-ups, by
/// `LockSupport.parkNanos`: what it is late by is the host's and the JDK's doing alone.
///
/// *Threads.* [#run] has a thread of its own; the result is for after its end.
final class BareTimer implements Runnable {

    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram lateNanos = new Histogram(SIGNIFICANT_DIGITS);
    private final Beat beat;
    private final Duration length;
    private final long seed;

    BareTimer(Beat beat, Duration length, long seed) {
        this.beat = beat;
        this.length = length;
        this.seed = seed;
    }

    static Lateness measure(Beat beat, Duration length, long seed) throws InterruptedException {
        BareTimer timer = new BareTimer(beat, length, seed);
        Thread thread = Thread.ofPlatform().daemon().name("bare-timer").start(timer);
        thread.join(length.plus(length).plusSeconds(1));
        if (thread.isAlive()) {
            throw new IllegalStateException(
                    "%s still runs after twice its time".formatted(beat.label()));
        }
        return Lateness.of(timer.lateNanos);
    }

    @Override
    public void run() {
        SystemTime time = SystemTime.INSTANCE;
        time.wakeThisThreadPromptly();
        Arrivals arrivals = beat.arrivals(length).start(seed);
        long start = time.nanos();
        long due = arrivals.nextNanos();
        while (due < length.toNanos()) {
            long now = time.nanos();
            if (now - start < due) {
                time.parkUntil(start + due);
            } else {
                lateNanos.recordValue(now - start - due);
                due = arrivals.nextNanos();
            }
        }
    }
}
