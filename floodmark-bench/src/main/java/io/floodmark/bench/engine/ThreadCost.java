package io.floodmark.bench.engine;

import com.sun.management.ThreadMXBean;
import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.Operation;
import io.floodmark.load.time.TimeSource;
import java.lang.management.ManagementFactory;

/// A client that does nothing, and notes every few thousand operations what its worker's thread has
/// allocated and how much processor time it took.
///
/// Both are read by the worker itself, between two operations: the numbers belong to exactly the
/// operations between the first and the last reading, and what other threads do (the collector once
/// a second) is not in them.
///
/// *Threads.* As [Client] says; the results are read after the worker has ended.
final class ThreadCost implements Client {

    /// A reading takes about a microsecond: below a thousandth of what is measured.
    private static final int OPERATIONS_BETWEEN = 1 << 13;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final TimeSource time;
    private final long fromNanos;
    private long performed;

    // Plain numbers, because a reading must not allocate what it reads.
    private long firstOperations;
    private long firstBytes;
    private long firstCpuNanos;
    private long operations;
    private long bytes;
    private long cpuNanos;

    /// @param fromNanos the moment from which readings count
    ThreadCost(TimeSource time, long fromNanos) {
        this.time = time;
        this.fromNanos = fromNanos;
    }

    @Override
    public void perform(Operation operation) {
        performed++;
        if ((performed & (OPERATIONS_BETWEEN - 1)) == 0) {
            read();
        }
    }

    private void read() {
        if (time.nanos() - fromNanos < 0) {
            return;
        }
        if (firstOperations == 0) {
            firstCpuNanos = THREADS.getCurrentThreadCpuTime();
            firstBytes = THREADS.getCurrentThreadAllocatedBytes();
            firstOperations = performed;
        }
        bytes = THREADS.getCurrentThreadAllocatedBytes() - firstBytes;
        cpuNanos = THREADS.getCurrentThreadCpuTime() - firstCpuNanos;
        operations = performed - firstOperations;
    }

    @Override
    public void cancel() {}

    /// Operations between the first and the last reading.
    long operations() {
        return operations;
    }

    long bytes() {
        return bytes;
    }

    long cpuNanos() {
        return cpuNanos;
    }
}
