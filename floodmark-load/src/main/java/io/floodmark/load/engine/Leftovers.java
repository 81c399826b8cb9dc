package io.floodmark.load.engine;

import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.List;

/// Counts, one by one, what a run leaves behind: arrivals that were never started and operations
/// that did not come back. Both enter the distributions with the time that they had waited.
///
/// *Threads.* The engine's own thread, after arrivals have ended.
final class Leftovers {

    private static final long RECORDING_NANOS_MAX = Duration.ofSeconds(1).toNanos();

    private final TimeSource time;
    private final Statistics statistics;
    private final SampleBuffer buffer;
    private final Operation operation;

    Leftovers(TimeSource time, Statistics statistics, SampleBuffer buffer) {
        this.time = time;
        this.statistics = statistics;
        this.buffer = buffer;
        this.operation = new Operation(time);
    }

    /// Takes the operation in hand away from each worker that did not come back.
    long unfinished(List<Worker> workers, List<Thread> threads) {
        long unfinished = 0;
        for (int number = 0; number < threads.size(); number++) {
            Worker worker = workers.get(number);
            if (threads.get(number).isAlive() && worker.state().abandon()) {
                Operation inHand = worker.operation();
                operation.taken(inHand.takenNanos);
                operation.dueNanos = inHand.dueNanos;
                operation.releasedNanos = inHand.releasedNanos;
                operation.kind = inHand.kind;
                operation.workerWasFree = inHand.workerWasFree;
                record(Outcome.UNFINISHED, time.nanos());
                unfinished++;
            } else {
                // Idle, or between ending and recording its last operation.
                Engine.join(threads.get(number), RECORDING_NANOS_MAX);
            }
        }
        return unfinished;
    }

    /// Takes what waits in the queue and, under a waiting policy, outside of it.
    long neverStarted(ReleaseQueue queue, Schedule schedule, long endNanos) {
        long neverStarted = 0;
        operation.taken(0);
        while (queue.drain(operation) || schedule.takeBacklog(operation)) {
            record(Outcome.NEVER_STARTED, endNanos);
            neverStarted++;
        }
        return neverStarted;
    }

    private void record(Outcome outcome, long endNanos) {
        if (buffer.isFull()) {
            statistics.drain(buffer);
        }
        buffer.add(operation, outcome, endNanos, true);
    }
}
