package io.floodmark.load.engine;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Where the workers' samples come together: the running interval and the run so far.
///
/// *Threads.* Any; everything is guarded by one lock, which a worker takes once per 64 operations
/// at most.
final class Statistics {

    private final ReentrantLock lock = new ReentrantLock();
    private final Tally interval;
    private final Tally run;

    Statistics(List<OperationShare> shares) {
        interval = new Tally(shares);
        run = new Tally(shares);
    }

    /// Takes what `buffer` holds.
    void drain(SampleBuffer buffer) {
        lock.lock();
        try {
            buffer.drainInto(interval);
        } finally {
            lock.unlock();
        }
    }

    /// Closes the interval: takes what all `buffers` hold, lets `reader` read interval and run, and
    /// starts the next interval.
    <T> T closeInterval(List<SampleBuffer> buffers, Function<Snapshot, T> reader) {
        lock.lock();
        try {
            buffers.forEach(buffer -> buffer.drainInto(interval));
            run.add(interval);
            T read = reader.apply(new Snapshot(interval, run));
            interval.reset();
            return read;
        } finally {
            lock.unlock();
        }
    }

    /// What a reader may look at while it holds the lock.
    record Snapshot(Tally interval, Tally run) {}
}
