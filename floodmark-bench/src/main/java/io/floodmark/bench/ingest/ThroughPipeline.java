package io.floodmark.bench.ingest;

import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.flow.Submission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Submits requests of a hundred events each, as many at a time as writers need to be busy, and
/// waits for their outcomes. *Threads:* one.
public final class ThroughPipeline implements Callable<ThroughPipeline.Sent> {
    static final int REQUEST_EVENTS = 100;

    private static final int REQUESTS_OPEN = 240;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pipeline pipeline;
    private final EventIds ids;
    private final AtomicLong numbers;
    private final BooleanSupplier goOn;

    /// @param numbers of events, never given out twice
    public ThroughPipeline(
            Pipeline pipeline, EventIds ids, AtomicLong numbers, BooleanSupplier goOn) {
        this.pipeline = pipeline;
        this.ids = ids;
        this.numbers = numbers;
        this.goOn = goOn;
    }

    /// What became of the events.
    public record Sent(long stored, long other) {}

    @Override
    public Sent call() throws InterruptedException {
        Queue<Submission> open = new ArrayDeque<>();
        long stored = 0;
        long all = 0;
        while (goOn.getAsBoolean()) {
            List<WireEvent> events =
                    BenchEvents.wire(ids, numbers.getAndAdd(REQUEST_EVENTS), REQUEST_EVENTS);
            open.add(pipeline.submit("", events, false, () -> {}));
            all += REQUEST_EVENTS;
            if (open.size() == REQUESTS_OPEN) {
                stored += stored(open.remove());
            }
        }
        while (!open.isEmpty()) {
            stored += stored(open.remove());
        }
        return new Sent(stored, all - stored);
    }

    private static long stored(Submission submission) throws InterruptedException {
        return submission.await(PATIENCE).stream().filter(Outcome.Stored.class::isInstance).count();
    }
}
