package io.floodmark.bench.engine;

import io.floodmark.load.engine.Client;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.engine.Workload;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// A target that does nothing and meters the workers' threads.
///
/// *Threads.* As [Workload] says; the sums are for after the run.
final class MeteredNoOp implements Workload {

    private final TimeSource time;
    private final long fromNanos;
    private final List<ThreadCost> workers = new ArrayList<>();

    /// @param settling how long from now histograms grow and code is compiled, unmetered
    MeteredNoOp(TimeSource time, Duration settling) {
        this.time = time;
        this.fromNanos = time.nanos() + settling.toNanos();
    }

    @Override
    public List<OperationShare> operations() {
        return List.of(new OperationShare("no-op", 100));
    }

    @Override
    public Client newClient(int worker) {
        ThreadCost cost = new ThreadCost(time, fromNanos);
        workers.add(cost);
        return cost;
    }

    /// Bytes that workers allocated per metered operation.
    double bytesPerOperation() {
        return (double) sum(ThreadCost::bytes) / metered();
    }

    /// Metered operations per second of the workers' processor time.
    double perCpuSecond() {
        return metered() * 1e9 / Math.max(1, sum(ThreadCost::cpuNanos));
    }

    private long metered() {
        long metered = sum(ThreadCost::operations);
        if (metered == 0) {
            throw new IllegalStateException("too few operations to meter; measure longer");
        }
        return metered;
    }

    private long sum(ToLongFunction<ThreadCost> what) {
        return workers.stream().mapToLong(what).sum();
    }
}
