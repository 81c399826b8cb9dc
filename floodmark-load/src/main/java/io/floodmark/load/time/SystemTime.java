package io.floodmark.load.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /// Asks Linux to wake the calling thread without the usual 50 µs of timer slack. Best effort:
    /// where it is not possible, the slack shows up as generator lag, which is measured anyway.
    public void wakeThisThreadPrecisely() {
        try {
            Path self = Path.of("/proc/thread-self").toRealPath();
            Files.writeString(
                    Path.of("/proc", self.getFileName().toString(), "timerslack_ns"), "1");
        } catch (IOException | RuntimeException _) {
            // Not Linux, or not permitted: the default slack stays.
        }
    }
}
