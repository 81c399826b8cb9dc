package io.floodmark.bench.stores;

import io.floodmark.load.time.SystemTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.HdrHistogram.Histogram;

/// Callers that each do the next operation as soon as the one before has ended.
///
/// @param callers how many, each a thread
/// @param length of the measurement
public record ClosedLoop(int callers, Duration length) {

    private static final int DIGITS = 3;

    /// What came of it.
    ///
    /// @param succeeded operations that did what they should
    /// @param refused operations that did not
    /// @param latencies of those that succeeded, nanoseconds
    public record Measured(long succeeded, long refused, double seconds, Histogram latencies) {

        public double perSecond() {
            return succeeded / seconds;
        }

        public double millisAt(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /// One caller's part.
    private record Share(long refused, Histogram latencies) {}

    /// Starts the callers and waits for their last operations.
    ///
    /// @param operation takes a number of its own, tells whether it succeeded
    public Measured measure(AtomicLong numbers, LongPredicate operation) throws Exception {
        long start = SystemTime.INSTANCE.nanos();
        long end = start + length.toNanos();
        Callable<Share> caller = () -> call(numbers, operation, end);
        List<Callable<Share>> all = new ArrayList<>();
        for (int n = 0; n < callers; n++) {
            all.add(caller);
        }
        Histogram latencies = new Histogram(DIGITS);
        long refused = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            for (Future<Share> share : threads.invokeAll(all)) {
                latencies.add(share.get().latencies());
                refused += share.get().refused();
            }
        }
        double seconds = (SystemTime.INSTANCE.nanos() - start) / 1e9;
        return new Measured(latencies.getTotalCount(), refused, seconds, latencies);
    }

    private static Share call(AtomicLong numbers, LongPredicate operation, long end) {
        Histogram latencies = new Histogram(DIGITS);
        long refused = 0;
        long before = SystemTime.INSTANCE.nanos();
        while (before < end) {
            boolean succeeded = operation.test(numbers.getAndIncrement());
            long after = SystemTime.INSTANCE.nanos();
            if (succeeded) {
                latencies.recordValue(after - before);
            } else {
                refused++;
            }
            before = after;
        }
        return new Share(refused, latencies);
    }
}
