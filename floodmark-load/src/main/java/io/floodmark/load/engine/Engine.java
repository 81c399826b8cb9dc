package io.floodmark.load.engine;

import io.floodmark.load.arrival.ArrivalProcess;
import io.floodmark.load.arrival.Pacing;
import io.floodmark.load.certificate.GeneratorWatch;
import io.floodmark.load.time.SeededRandom;
import io.floodmark.load.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs a [LoadPlan] against a [Workload]: one schedule thread, a fixed number of worker threads, a
/// deadline watch, and the calling thread as collector.
///
/// *Threads.* [#run] is called once, by one thread, and returns when the run is over.
public final class Engine {

    private static final long LEAD_NANOS = Duration.ofMillis(20).toNanos();
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration DRAIN_WITHOUT_DEADLINE = Duration.ofSeconds(10);
    private static final long DRAIN_GRACE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long POLL_NANOS = Duration.ofMillis(2).toNanos();
    private static final long MIX_STREAM = 1_000;

    private final TimeSource time;
    private final LoadPlan plan;
    private final Workload workload;
    private final RunControl control;
    private final AtomicBoolean selfPacedEnd = new AtomicBoolean();
    private final IdleWorkers idle;
    private final ReleaseQueue queue;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    public Engine(TimeSource time, LoadPlan plan, Workload workload, RunControl control) {
        this.time = time;
        this.plan = plan;
        this.workload = workload;
        this.control = control;
        this.idle = new IdleWorkers(plan.workers());
        this.queue = new ReleaseQueue(plan.queueCapacity());
    }

    /// Runs to the end of the plan, or to the stop that the [RunControl] asks for.
    public EngineResult run(EngineObserver observer) {
        long start = time.nanos() + LEAD_NANOS;
        Statistics statistics = new Statistics(workload.operations());
        FailureLog failures = new FailureLog(start);
        Optional<Schedule> schedule = schedule(start);
        Outcome late =
                plan.queuePolicy() == QueuePolicy.SKIP_LATE
                        ? Outcome.SKIPPED
                        : Outcome.TIMED_OUT_IN_QUEUE;
        makeWorkers(schedule, new WorkerSinks(statistics, failures, late, control));
        Optional<DeadlineWatch> deadlines =
                plan.deadline()
                        .map(deadline -> new DeadlineWatch(time, workers, deadline, control));
        SampleBuffer leftovers = new SampleBuffer();
        try (GeneratorWatch watch = GeneratorWatch.start(time)) {
            Collector collector =
                    new Collector(
                            statistics,
                            buffers(leftovers),
                            new Books(time, workers, schedule.map(_ -> queue), schedule),
                            watch,
                            new Collector.Outside(this::levels, observer));
            Optional<Thread> scheduleThread = startThreads(schedule, deadlines);
            long end = collectUntilEnd(start, collector);
            endArrivals(schedule, scheduleThread, end);
            drain(start, collector);
            Leftovers left = new Leftovers(time, statistics, leftovers);
            long unfinished = left.unfinished(workers, threads);
            long neverStarted = schedule.map(s -> left.neverStarted(queue, s, end)).orElse(0L);
            deadlines.ifPresent(DeadlineWatch::end);
            collector.closeInterval((time.nanos() - start) / 1e9, queue.drainDepthMax(), true);
            collector.closeBooks(neverStarted, unfinished);
            return collector.result((end - start) / 1e9, failures);
        } finally {
            workers.forEach(worker -> worker.client().close());
        }
    }

    private SortedMap<String, Long> levels() {
        SortedMap<String, Long> levels = new TreeMap<>(workload.gauges());
        levels.putAll(workload.counts());
        return levels;
    }

    private Optional<Schedule> schedule(long start) {
        return switch (plan.pacing()) {
            case Pacing.Open(ArrivalProcess process) ->
                    Optional.of(
                            new Schedule(
                                    time,
                                    plan,
                                    process,
                                    new Schedule.EngineParts(queue, idle, workload.operations()),
                                    start));
            case Pacing.Closed() -> Optional.empty();
        };
    }

    private void makeWorkers(Optional<Schedule> schedule, WorkerSinks sinks) {
        for (int number = 0; number < plan.workers(); number++) {
            WorkSource source =
                    schedule.isPresent()
                            ? new WorkSource.Queued(number, queue, idle, schedule.get())
                            : selfPaced(number);
            workers.add(new Worker(time, source, workload.newClient(number), sinks));
        }
    }

    private WorkSource selfPaced(int number) {
        SeededRandom random = SeededRandom.of(plan.seed(), MIX_STREAM + number);
        Mix mix = new Mix(workload.operations(), random);
        return new WorkSource.SelfPaced(time, mix, selfPacedEnd, plan, number);
    }

    private List<SampleBuffer> buffers(SampleBuffer leftovers) {
        List<SampleBuffer> buffers = new ArrayList<>(workers.stream().map(Worker::buffer).toList());
        buffers.add(leftovers);
        return buffers;
    }

    private Optional<Thread> startThreads(
            Optional<Schedule> schedule, Optional<DeadlineWatch> deadlines) {
        for (int number = 0; number < workers.size(); number++) {
            Thread thread = thread("worker-" + number, workers.get(number));
            threads.add(thread);
            idle.register(number, thread);
        }
        threads.forEach(Thread::start);
        deadlines.ifPresent(watch -> thread("deadlines", watch).start());
        Optional<Thread> scheduleThread = schedule.map(s -> thread("schedule", s));
        scheduleThread.ifPresent(Thread::start);
        return scheduleThread;
    }

    /// A thread that cannot end silently before its time.
    private Thread thread(String name, Runnable task) {
        return Thread.ofPlatform()
                .daemon()
                .name("floodmark-" + name)
                .uncaughtExceptionHandler((thread, failure) ->
                        control.brokeDown("the thread " + thread.getName(), failure))
                .unstarted(task);
    }

    /// @return when arrivals ended
    private long collectUntilEnd(long start, Collector collector) {
        control.wakeOnStop(Thread.currentThread());
        long plannedEnd = start + plan.duration().toNanos();
        long next = start + INTERVAL_NANOS;
        while (control.requested().isEmpty() && time.nanos() < plannedEnd) {
            time.parkUntil(Math.min(next, plannedEnd));
            // The last interval stays open until what is in flight has ended.
            if (time.nanos() >= next && next + INTERVAL_NANOS / 2 < plannedEnd) {
                collector.closeInterval((time.nanos() - start) / 1e9, queue.drainDepthMax(), false);
                next += INTERVAL_NANOS;
            }
        }
        return Math.min(plannedEnd, Math.max(start + 1, time.nanos()));
    }

    private void endArrivals(Optional<Schedule> schedule, Optional<Thread> thread, long end) {
        schedule.ifPresent(s -> s.endAt(end));
        thread.ifPresent(t -> join(t, DRAIN_GRACE_NANOS));
        selfPacedEnd.set(true);
        queue.close();
        idle.wakeAll();
    }

    private void drain(long start, Collector collector) {
        long begun = time.nanos();
        long limit =
                begun
                        + plan.deadline().orElse(DRAIN_WITHOUT_DEADLINE).toNanos()
                        + DRAIN_GRACE_NANOS;
        long next = begun + INTERVAL_NANOS;
        while (time.nanos() < limit && threads.stream().anyMatch(Thread::isAlive)) {
            time.parkUntil(time.nanos() + POLL_NANOS);
            if (time.nanos() >= next) {
                collector.closeInterval((time.nanos() - start) / 1e9, queue.drainDepthMax(), false);
                next += INTERVAL_NANOS;
            }
        }
    }

    static void join(Thread thread, long nanos) {
        try {
            thread.join(Duration.ofNanos(nanos));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
