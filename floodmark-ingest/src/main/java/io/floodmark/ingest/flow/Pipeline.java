package io.floodmark.ingest.flow;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries events to a sink in batches, and the outcome of each back to its request.
///
/// *Threads:* requests submit from any thread; each writer has a thread of its own, from the start
/// until the drain. Every submitted event gets an outcome, whatever the sink does.
public final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /// How often an idle writer looks whether the end has come.
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

    private final BatchQueue queue;
    private final CircuitBreaker breaker;
    private final IngestMetrics metrics;
    private final LongSupplier nanos;
    private final List<Thread> writers = new ArrayList<>();
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    private Pipeline(PipelineSettings settings, IngestMetrics metrics, LongSupplier nanos) {
        this.queue = new BatchQueue(settings.rule(), nanos);
        this.breaker = settings.breaker().breaker();
        this.metrics = metrics;
        this.nanos = nanos;
    }

    /// Starts the writers.
    ///
    /// @param nanos a monotonic clock
    public static Pipeline start(
            Sink sink, PipelineSettings settings, IngestMetrics metrics, LongSupplier nanos) {
        Pipeline pipeline = new Pipeline(settings, metrics, nanos);
        pipeline.watch();
        for (int i = 0; i < settings.writers(); i++) {
            Sink.Writer writer = sink.open();
            // Of the system, although a virtual one carries a tenth more: while it makes a large
            // batch it would keep requests from one of a few carriers, and their p99 doubles.
            pipeline.writers.add(
                    Thread.ofPlatform()
                            .name("ingest-writer-" + i)
                            .daemon()
                            .start(() -> pipeline.run(writer)));
        }
        return pipeline;
    }

    private void watch() {
        metrics.gauge("ingest.queue.bytes", queue::bytes);
        metrics.gauge("ingest.oldest.unacknowledged.seconds", () -> queue.oldestNanos() / 1e9);
        metrics.gauge("ingest.events.open", open::get);
        metrics.gauge("ingest.events.lost", lost::get);
        metrics.gauge("ingest.breaker.open", () -> isShut() ? 1 : 0);
        breaker.getEventPublisher()
                .onStateTransition(change -> {
                    String to = change.getStateTransition().getToState().name();
                    LOG.warn("the sink's breaker is {}", to);
                    metrics.breaker(to);
                });
    }

    /// The state of the breaker around the sink, for people.
    public String breakerState() {
        return breaker.getState().name().toLowerCase(java.util.Locale.ROOT);
    }

    /// Whether the sink is left alone now, so that nothing can be taken.
    public boolean isShut() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /// Events without an outcome.
    public long open() {
        return open.get();
    }

    /// Events that were acknowledged early and not stored.
    public long lost() {
        return lost.get();
    }

    /// Hands events over.
    ///
    /// @param acknowledged whether they count as acknowledged from now on, before they are stored
    /// @param done runs when all have outcomes
    /// @throws Overloaded when nothing is taken any more
    public Submission submit(
            String tenant, List<WireEvent> events, boolean acknowledged, Runnable done) {
        Submission submission =
                new Submission(
                        tenant,
                        events,
                        new Submission.Ending(some -> ended(some, acknowledged), done));
        open.addAndGet(events.size());
        if (!queue.offer(submission)) {
            open.addAndGet(-events.size());
            throw new Overloaded("this server is stopping");
        }
        return submission;
    }

    private void ended(List<Outcome> some, boolean acknowledged) {
        open.addAndGet(-some.size());
        if (acknowledged) {
            count(some);
            List<Outcome> bad = some.stream().filter(outcome -> !isThere(outcome)).toList();
            if (!bad.isEmpty()) {
                lost.addAndGet(bad.size());
                LOG.error("{} acknowledged events were not stored: {}", bad.size(), bad.getFirst());
            }
        }
    }

    /// Neighbours are mostly alike and counted together.
    private void count(List<Outcome> some) {
        int from = 0;
        while (from < some.size()) {
            int to = from + 1;
            while (to < some.size() && some.get(to).equals(some.get(from))) {
                to++;
            }
            metrics.outcome(some.get(from), to - from);
            from = to;
        }
    }

    private static boolean isThere(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored _, Outcome.Duplicate _ -> true;
            case Outcome.Queued(AckLevel level) -> level.durable();
            case Outcome.Rejected _, Outcome.NotTaken _, Outcome.Unknown _ -> false;
        };
    }

    @SuppressWarnings("ThreadPriorityCheck") // Yielding only saves a wait; nothing depends on it.
    private void run(Sink.Writer writer) {
        try (writer) {
            while (!queue.drained()) {
                queue.take(LOOK).ifPresent(batch -> carry(writer, batch));
                // Requests that are ready hand over first, so that batches grow and waits are rare.
                Thread.yield();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(Sink.Writer writer, Batch batch) {
        metrics.batch(batch.reason().label(), batch.deliveries().size(), batch.bytes());
        metrics.stage("queue", batch.waitedNanos());
        if (!breaker.tryAcquirePermission()) {
            batch.complete(all(batch, new Outcome.NotTaken("the sink fails; it is left alone")));
            return;
        }
        Carried carried = new Carried(batch, nanos.getAsLong());
        try {
            writer.write(batch.deliveries(), carried::ended);
        } catch (RuntimeException e) {
            LOG.error("the sink's writer broke", e);
            carried.broke();
        } catch (Error e) {
            carried.broke();
            throw e;
        }
    }

    /// A batch that is with the sink, until the first word about it.
    private final class Carried {
        private final Batch batch;
        private final long start;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Carried(Batch batch, long start) {
            this.batch = batch;
            this.start = start;
        }

        void broke() {
            ended(
                    new Sink.Written(
                            all(batch, new Outcome.Unknown("an error of this server")), false));
        }

        void ended(Sink.Written written) {
            if (!open.compareAndSet(true, false)) {
                return;
            }
            List<Outcome> outcomes = written.outcomes();
            boolean healthy = written.healthy();
            if (outcomes.size() != batch.deliveries().size()) {
                LOG.error("{} outcomes for {} events", outcomes.size(), batch.deliveries().size());
                outcomes = all(batch, new Outcome.Unknown("an error of this server"));
                healthy = false;
            }
            long took = nanos.getAsLong() - start;
            metrics.stage("sink", took);
            if (healthy) {
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            } else {
                breaker.onError(took, TimeUnit.NANOSECONDS, new SinkFailed());
            }
            batch.complete(outcomes);
        }
    }

    private static List<Outcome> all(Batch batch, Outcome outcome) {
        return Collections.nCopies(batch.deliveries().size(), outcome);
    }

    /// Takes nothing more, writes what waits, and ends the writers.
    ///
    /// @param most how long that may take; then writers are interrupted
    /// @return whether every event got its outcome
    public boolean drain(Duration most) throws InterruptedException {
        queue.drain();
        long end = nanos.getAsLong() + most.toNanos();
        for (Thread writer : writers) {
            writer.join(Duration.ofNanos(Math.max(1, end - nanos.getAsLong())));
        }
        for (Thread writer : writers) {
            writer.interrupt();
            writer.join(AFTER_INTERRUPT);
        }
        return open.get() == 0;
    }

    /// What the breaker counts.
    private static final class SinkFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SinkFailed() {
            super("the sink failed", null, false, false);
        }
    }
}
