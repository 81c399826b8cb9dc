package io.floodmark.load.time;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// The machine's clock.
///
/// *Threads.* Any thread may use the one instance.
public final class SystemTime implements TimeSource {

    public static final SystemTime INSTANCE = new SystemTime();

    private SystemTime() {}

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void parkUntil(long deadlineNanos) {
        long nanos = deadlineNanos - System.nanoTime();
        if (nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /// Wall-clock time, for names and reports only.
    public Instant now() {
        return Instant.now();
    }

    /// Asks Linux to wake the calling thread without the usual 50 µs of timer slack, and to let it
    /// run at once. Best effort: where it is not possible, the delay shows up as generator lag,
    /// which is measured anyway.
    public void wakeThisThreadPromptly() {
        LinuxScheduling.dropTimerSlack();
        LinuxScheduling.shortenSlice();
    }
}
