package io.floodmark.load.engine;

import io.floodmark.load.time.TimeSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Where a worker gets its next operation from.
sealed interface WorkSource {

    /// Fills `operation` with the next one, waiting for it.
    ///
    /// @return false when there will be none
    boolean next(Operation operation);

    /// How many operations it gave out.
    long given();

    /// Open loop: from the queue that the schedule fills.
    record Queued(int worker, ReleaseQueue queue, IdleWorkers idle, Schedule schedule)
            implements WorkSource {

        @Override
        public boolean next(Operation operation) {
            boolean found = idle.awaitWork(worker, queue, operation);
            if (found) {
                operation.deadlineNanos = schedule.deadlineOf(operation.dueNanos);
                schedule.placeFreed();
            }
            return found;
        }

        @Override
        public long given() {
            return queue.taken();
        }
    }

    /// Closed loop: the next operation is due as soon as the worker is free.
    final class SelfPaced implements WorkSource {
        private final TimeSource time;
        private final Mix mix;
        private final AtomicBoolean ended;
        private final long deadlineNanos;
        private final int workers;
        private final AtomicLong given = new AtomicLong();
        private final int worker;

        SelfPaced(TimeSource time, Mix mix, AtomicBoolean ended, LoadPlan plan, int worker) {
            this.time = time;
            this.mix = mix;
            this.ended = ended;
            this.deadlineNanos = plan.deadlineNanos();
            this.workers = plan.workers();
            this.worker = worker;
        }

        @Override
        public boolean next(Operation operation) {
            if (ended.getOpaque()) {
                return false;
            }
            long now = time.nanos();
            long number = given.getPlain();
            operation.sequence = number * workers + worker;
            operation.kind = mix.nextKind();
            operation.workerWasFree = false;
            operation.dueNanos = now;
            operation.releasedNanos = now;
            operation.deadlineNanos =
                    deadlineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : now + deadlineNanos;
            given.setRelease(number + 1);
            return true;
        }

        @Override
        public long given() {
            return given.get();
        }
    }
}
