package io.floodmark.load.engine;

import io.floodmark.load.record.Account;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads the account while everything moves, and proves that it closes.
///
/// Every counter only grows, and an arrival passes them in the order due, taken, ended. Read
/// against that order (ended first, due last) their differences are true levels for the moments of
/// their reading, so the account adds up. The proof is a count that does not come from these
/// differences: the workers that are busy. It must equal taken - ended, up to the operations that
/// moved while it was counted.
///
/// *Threads.* One thread, the collector.
final class Books {

    private static final int TRIES = 100;
    private static final long RETRY_NANOS = Duration.ofMillis(1).toNanos();

    private final TimeSource time;
    private final List<Worker> workers;
    private final Optional<ReleaseQueue> queue;
    private final Optional<Schedule> schedule;

    Books(
            TimeSource time,
            List<Worker> workers,
            Optional<ReleaseQueue> queue,
            Optional<Schedule> schedule) {
        this.time = time;
        this.workers = workers;
        this.queue = queue;
        this.schedule = schedule;
    }

    /// How far arrivals have come, apart from those that have ended.
    record Flow(long due, long rejected, long taken) {}

    /// To be read right after the counts of what has ended.
    Flow flow() {
        long taken = taken();
        long rejected = schedule.map(Schedule::rejected).orElse(0L);
        return new Flow(schedule.map(Schedule::due).orElse(taken), rejected, taken);
    }

    /// The account, given how far arrivals had come and what had ended.
    static Account account(Flow flow, KindTally ended) {
        return new Account(
                flow.due(),
                ended.count(Outcome.DONE),
                ended.count(Outcome.FAILED),
                ended.count(Outcome.CONFLICTED),
                ended.timeouts().total(),
                ended.count(Outcome.SKIPPED),
                flow.rejected(),
                flow.due() - flow.rejected() - flow.taken(),
                flow.taken() - ended.terminal());
    }

    /// Whether the busy workers explain what was taken and has not ended.
    boolean close() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            long endedBefore = ended();
            long takenBefore = taken();
            long busy = workers.stream().filter(worker -> worker.state().busy()).count();
            long endedAfter = ended();
            long takenAfter = taken();
            long moved = endedAfter - endedBefore + takenAfter - takenBefore;
            if (Math.abs(takenBefore - endedBefore - busy) <= moved) {
                return true;
            }
            // A worker was interrupted between taking and beginning, or between ending and
            // recording.
            time.parkUntil(time.nanos() + RETRY_NANOS);
        }
        return false;
    }

    private long taken() {
        return queue.map(ReleaseQueue::taken)
                .orElseGet(
                        () -> workers.stream().mapToLong(worker -> worker.source().given()).sum());
    }

    private long ended() {
        return workers.stream().mapToLong(worker -> worker.buffer().count()).sum();
    }
}
