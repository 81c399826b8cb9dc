package io.floodmark.load.engine;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

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
            buffer.drainInto(interval, buffer.count());
        } finally {
            lock.unlock();
        }
    }

    /// Closes the interval: takes what all `buffers` hold, lets `reader` read interval and run, and
    /// starts the next interval. `flow` is read in the same moment as the buffers' counts, so that
    /// the account adds up without waiting for what moves meanwhile.
    <T> T closeInterval(
            List<SampleBuffer> buffers, Supplier<Books.Flow> flow, Function<Snapshot, T> reader) {
        lock.lock();
        try {
            long[] counts = buffers.stream().mapToLong(SampleBuffer::count).toArray();
            Books.Flow now = flow.get();
            for (int i = 0; i < counts.length; i++) {
                buffers.get(i).drainInto(interval, counts[i]);
            }
            run.add(interval);
            T read = reader.apply(new Snapshot(interval, run, now));
            interval.reset();
            return read;
        } finally {
            lock.unlock();
        }
    }

    /// Lets `reader` read the run so far.
    <T> T read(Function<Tally, T> reader) {
        lock.lock();
        try {
            return reader.apply(run);
        } finally {
            lock.unlock();
        }
    }

    /// What a reader may look at while it holds the lock.
    record Snapshot(Tally interval, Tally run, Books.Flow flow) {}
}
