package io.floodmark.bench.ingest;

import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.flow.PipelineSettings;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.floodmark.load.time.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Sends events through the ingestion pipeline as requests do that were read and checked already.
final class PipelineLoad {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double NANOS = 1e9;

    /// Events of requests under way, about as many as the admission by bytes lets in.
    private static final int EVENTS_OPEN = 100_000;

    private final int batch;
    private final List<List<WireEvent>> requests = new ArrayList<>();

    /// A load.
    ///
    /// @param lines events, one each
    /// @param batch events in a request
    PipelineLoad(List<String> lines, int batch) {
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

    /// Sends so many events, and says how many a second were acknowledged.
    double eventsPerSecond(Sink sink, long events) throws Exception {
        Pipeline pipeline =
                Pipeline.start(
                        sink,
                        PipelineSettings.forKafka(),
                        new IngestMetrics(new SimpleMeterRegistry()),
                        SystemTime.INSTANCE::nanos);
        int slots = Math.max(1, EVENTS_OPEN / batch);
        Semaphore room = new Semaphore(slots);
        long start = SystemTime.INSTANCE.nanos();
        long sent = 0;
        for (int i = 0; sent < events; i++) {
            if (!room.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SetupFailure("the sink stands still");
            }
            // Acknowledged early: what is not stored is counted as lost.
            pipeline.submit("", requests.get(i % requests.size()), true, room::release);
            sent += batch;
        }
        if (!room.tryAcquire(slots, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new SetupFailure("the sink did not acknowledge everything");
        }
        double seconds = (SystemTime.INSTANCE.nanos() - start) / NANOS;
        pipeline.drain(LIMIT);
        if (pipeline.lost() > 0) {
            throw new SetupFailure("%d events were not stored".formatted(pipeline.lost()));
        }
        return sent / seconds;
    }
}
