package io.floodmark.bench.ingest;

import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.flow.PipelineSettings;
import io.floodmark.ingest.flow.Submission;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.floodmark.load.time.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongPredicate;

/// Sends events through the ingestion pipeline as requests do that were read and checked already.
public final class PipelineLoad {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double NANOS = 1e9;

    /// Events of requests under way: some 50 ms of the fastest rate.
    private static final int EVENTS_OPEN = 40_000;

    private final int batch;
    private final List<List<WireEvent>> requests = new ArrayList<>();

    /// A load.
    ///
    /// @param lines events, one each
    /// @param batch events in a request
    public PipelineLoad(List<String> lines, int batch) {
        this.batch = batch;
        for (int from = 0; from + batch <= lines.size(); from += batch) {
            List<WireEvent> request = new ArrayList<>();
            for (int i = from; i < from + batch; i++) {
                byte[] json = lines.get(i).getBytes(StandardCharsets.UTF_8);
                var names = new WireEvent.Names("id-%08d".formatted(i), "page_view", "user-" + i);
                request.add(new WireEvent(names, i, json, 0, json.length));
            }
            requests.add(request);
        }
    }

    /// What was sent.
    public record Sent(long events, double perSecond) {}

    /// Sends so many events, and says how many a second were acknowledged.
    double eventsPerSecond(Sink sink, long events) throws Exception {
        return send(sink, sent -> sent < events).perSecond();
    }

    /// Sends events as long as `goOn` says so of what has been sent, and waits until all are
    /// acknowledged.
    public Sent send(Sink sink, LongPredicate goOn) throws Exception {
        Pipeline pipeline =
                Pipeline.start(
                        sink,
                        PipelineSettings.forKafka(),
                        new IngestMetrics(new SimpleMeterRegistry()),
                        SystemTime.INSTANCE::nanos);
        int slots = Math.max(1, EVENTS_OPEN / batch);
        Deque<Submission> open = new ArrayDeque<>(slots);
        long start = SystemTime.INSTANCE.nanos();
        long sent = 0;
        for (int i = 0; goOn.test(sent); i++) {
            if (open.size() == slots) {
                settle(open.removeFirst());
            }
            open.add(pipeline.submit("", requests.get(i % requests.size()), false, () -> {}));
            sent += batch;
        }
        while (!open.isEmpty()) {
            settle(open.removeFirst());
        }
        double seconds = (SystemTime.INSTANCE.nanos() - start) / NANOS;
        pipeline.drain(LIMIT);
        return new Sent(sent, sent / seconds);
    }

    private static void settle(Submission submission) throws Exception {
        for (Outcome outcome : submission.await(LIMIT)) {
            if (!(outcome instanceof Outcome.Stored)) {
                throw new SetupFailure("an event was not stored: " + outcome);
            }
        }
    }
}
