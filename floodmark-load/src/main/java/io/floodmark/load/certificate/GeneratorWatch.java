package io.floodmark.load.certificate;

import io.floodmark.load.time.TimeSource;
import java.util.OptionalDouble;

/// Watches the generator's own process during a run.
///
/// *Threads.* One thread starts it, reads it once per interval, and closes it.
public final class GeneratorWatch implements AutoCloseable {

    private final TimeSource time;
    private final PauseMeter pauses;
    private final ProcessUsage atStart = ProcessUsage.now();
    private final long startNanos;
    private ProcessUsage last = atStart;
    private long lastNanos;

    private GeneratorWatch(TimeSource time) {
        this.time = time;
        this.pauses = new PauseMeter(time);
        this.startNanos = time.nanos();
        this.lastNanos = startNanos;
    }

    /// Starts watching.
    public static GeneratorWatch start(TimeSource time) {
        GeneratorWatch watch = new GeneratorWatch(time);
        Thread.ofPlatform().daemon().name("floodmark-pause-meter").start(watch.pauses);
        return watch;
    }

    /// What happened since the last call.
    ///
    /// @param pauseMillisMax longest stall
    /// @param cpuPercent of all cores; empty when unknown
    public record Reading(double pauseMillisMax, OptionalDouble cpuPercent) {}

    /// What happened since the start.
    ///
    /// @param pauseMillisMax longest stall
    /// @param pauseMillisTotal all stalls of 2 ms and more
    /// @param gcMillis time that garbage collections reported
    /// @param cpuPercent mean, of all cores; empty when unknown
    /// @param throttledMillis time that the control group was throttled
    public record Totals(
            double pauseMillisMax,
            double pauseMillisTotal,
            double gcMillis,
            OptionalDouble cpuPercent,
            double throttledMillis) {}

    public Reading read() {
        ProcessUsage usage = ProcessUsage.now();
        long now = time.nanos();
        Reading reading =
                new Reading(pauses.drainMaxMillis(), cpuPercent(last, usage, now - lastNanos));
        last = usage;
        lastNanos = now;
        return reading;
    }

    public Totals totals() {
        ProcessUsage usage = ProcessUsage.now();
        return new Totals(
                pauses.maxMillis(),
                pauses.totalMillis(),
                usage.gcMillis() - atStart.gcMillis(),
                cpuPercent(atStart, usage, time.nanos() - startNanos),
                (usage.throttledMicros() - atStart.throttledMicros()) / 1e3);
    }

    private static OptionalDouble cpuPercent(
            ProcessUsage from, ProcessUsage to, long elapsedNanos) {
        if (from.cpuNanos().isEmpty() || to.cpuNanos().isEmpty() || elapsedNanos <= 0) {
            return OptionalDouble.empty();
        }
        long used = to.cpuNanos().getAsLong() - from.cpuNanos().getAsLong();
        double cores = Runtime.getRuntime().availableProcessors();
        return OptionalDouble.of(100.0 * used / elapsedNanos / cores);
    }

    @Override
    public void close() {
        pauses.end();
    }
}
