package io.floodmark.load.engine;

import io.floodmark.load.arrival.ArrivalProcess;
import io.floodmark.load.arrival.Arrivals;
import io.floodmark.load.time.SeededRandom;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.time.TimeSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Releases each arrival into the queue when it is due, whatever the workers do.
///
/// While the queue is full under a waiting policy, a second pass over the same arrivals goes on
/// counting those that fall due, so that none is unknown although it is not yet released.
///
/// *Threads.* [#run] has a thread of its own; counts may be read by any; [#placeFreed] is called by
/// workers.
final class Schedule implements Runnable {

    private static final long PARK_NANOS_MAX = 100_000_000;
    private static final long BLOCKED_PARK_NANOS = 1_000_000;
    private static final long MIX_STREAM = 1;

    private final TimeSource time;
    private final LoadPlan plan;
    private final ReleaseQueue queue;
    private final IdleWorkers idle;
    private final Mix mix;
    private final long startNanos;
    private final Arrivals toRelease;
    private final Arrivals toCount;
    private final AtomicLong endNanos;
    private final AtomicLong due = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private long nextToRelease;
    private long nextToCount;
    private long backlogTaken;
    private long blockedUntil = Long.MIN_VALUE;
    private final AtomicBoolean blocked = new AtomicBoolean();
    private volatile Thread thread = Thread.currentThread();

    /// @param startNanos the moment that arrival times count from
    Schedule(
            TimeSource time,
            LoadPlan plan,
            ArrivalProcess process,
            EngineParts parts,
            long startNanos) {
        this.time = time;
        this.plan = plan;
        this.queue = parts.queue();
        this.idle = parts.idle();
        this.mix = new Mix(parts.shares(), SeededRandom.of(plan.seed(), MIX_STREAM));
        this.startNanos = startNanos;
        this.toRelease = process.start(plan.seed());
        this.toCount = process.start(plan.seed());
        this.endNanos = new AtomicLong(startNanos + plan.duration().toNanos());
        this.nextToRelease = moment(toRelease);
        this.nextToCount = moment(toCount);
    }

    /// The parts of the engine that a schedule works with.
    record EngineParts(
            ReleaseQueue queue, IdleWorkers idle, java.util.List<OperationShare> shares) {}

    @Override
    public void run() {
        thread = Thread.currentThread();
        SystemTime.INSTANCE.wakeThisThreadPromptly();
        long end = endNanos.get();
        boolean released = true;
        while (released && nextToRelease < end) {
            long now = time.nanos();
            if (now < nextToRelease) {
                time.parkUntil(Math.min(nextToRelease, now + PARK_NANOS_MAX));
            } else {
                countUntil(Math.min(now, end - 1));
                released = release(now);
            }
            end = endNanos.get();
        }
        countUntil(endNanos.get() - 1);
    }

    /// Hands the arrival that is due to the workers, or deals with a full queue.
    ///
    /// @return false when the run ended while it waited for a place
    private boolean release(long now) {
        // What fell due while the queue was full waited for a place: backpressure, not our lag.
        boolean waited = nextToRelease <= blockedUntil;
        long released = waited ? nextToRelease : now;
        boolean free = !waited && idle.free() > queue.depth();
        int kind = mix.nextKind();
        if (!queue.offer(nextToRelease, released, kind, free) && !handleFull(kind)) {
            return false;
        }
        idle.wakeOne(queue);
        nextToRelease = moment(toRelease);
        return true;
    }

    /// Rejects the arrival, or waits for a place.
    ///
    /// @return whether the arrival is dealt with; not when the run ended while it waited
    private boolean handleFull(int kind) {
        if (plan.queuePolicy() == QueuePolicy.REJECT) {
            rejected.setRelease(rejected.getPlain() + 1);
            return true;
        }
        try {
            blocked.set(true);
            while (!queue.offer(nextToRelease, nextToRelease, kind, false)) {
                long now = time.nanos();
                long end = endNanos.get();
                countUntil(Math.min(now, end - 1));
                if (now >= end) {
                    return false;
                }
                time.parkUntil(now + BLOCKED_PARK_NANOS);
                blocked.set(true);
            }
            return true;
        } finally {
            blockedUntil = time.nanos();
            blocked.set(false);
        }
    }

    private void countUntil(long until) {
        long counted = due.getPlain();
        while (nextToCount <= until) {
            counted++;
            nextToCount = moment(toCount);
        }
        due.setRelease(counted);
    }

    private long moment(Arrivals arrivals) {
        long next = arrivals.nextNanos();
        return next == Arrivals.NONE ? Long.MAX_VALUE : startNanos + next;
    }

    /// Ends the arrivals at `nanos` if that is before the planned end.
    void endAt(long nanos) {
        endNanos.accumulateAndGet(nanos, Math::min);
        LockSupport.unpark(thread);
    }

    /// After [#run]: takes the arrivals that fell due and found no place before the end, one by
    /// one.
    boolean takeBacklog(Operation into) {
        if (queue.offered() + rejected.get() + backlogTaken == due.get()) {
            return false;
        }
        backlogTaken++;
        into.dueNanos = nextToRelease;
        into.releasedNanos = nextToRelease;
        into.kind = mix.nextKind();
        into.workerWasFree = false;
        nextToRelease = moment(toRelease);
        return true;
    }

    /// To be called when an arrival was taken: lets a schedule that waits go on once half of the
    /// places are free, so that it is not woken for each.
    void placeFreed() {
        if (blocked.get() && queue.isHalfEmpty() && blocked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    long deadlineOf(long dueNanos) {
        long deadline = plan.deadlineNanos();
        return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : dueNanos + deadline;
    }

    /// Arrivals whose time has come.
    long due() {
        return due.getAcquire();
    }

    long rejected() {
        return rejected.getAcquire();
    }
}
