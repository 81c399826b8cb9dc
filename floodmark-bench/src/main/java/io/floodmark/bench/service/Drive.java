package io.floodmark.bench.service;

import io.floodmark.load.arrival.ArrivalNotation;
import io.floodmark.load.arrival.Pacing;
import io.floodmark.load.config.ConfigInputs;
import io.floodmark.load.config.ConfigLoader;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.EngineObserver;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.ingest.IngestWorkload;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.workload.ServiceStarter;
import io.floodmark.load.workload.WorkloadContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Sends requests to a service by the load engine and its `ingest` workload: what is due, who sends
/// and what counts is theirs. *Threads:* one.
///
/// @param service its address
/// @param batch events in each request
record Drive(URI service, int batch) {
    /// Requests under way at a time, and connections.
    static final int CONNECTIONS = 128;

    private static final int QUEUE = 1_000_000;
    private static final long SEED = 1;

    /// Each drive has a name of its own, from which the ids of its events follow.
    private static final AtomicLong DRIVES = new AtomicLong();

    /// Arrivals at equal distances, whatever the service does.
    ///
    /// @param events a second
    Driven open(double events, Duration length, EngineObserver observer) {
        return run(
                new Shape(
                        ArrivalNotation.parse("constant", events / batch, length),
                        CONNECTIONS,
                        QueuePolicy.WAIT,
                        QUEUE),
                length,
                observer);
    }

    /// The same by more connections; what finds none of them free, and no place among as many that
    /// wait, is turned away here and counted.
    Driven flood(double events, int connections, Duration length, EngineObserver observer) {
        return run(
                new Shape(
                        ArrivalNotation.parse("constant", events / batch, length),
                        connections,
                        QueuePolicy.REJECT,
                        connections),
                length,
                observer);
    }

    /// Each connection sends when it has its answer.
    Driven closed(Duration length) {
        return run(
                new Shape(new Pacing.Closed(), CONNECTIONS, QueuePolicy.WAIT, QUEUE),
                length,
                (_, _) -> {});
    }

    private record Shape(Pacing pacing, int connections, QueuePolicy policy, int queue) {}

    private Driven run(Shape shape, Duration length, EngineObserver observer) {
        RunControl control = new RunControl();
        LoadPlan plan =
                new LoadPlan(
                        shape.pacing(),
                        length,
                        shape.connections(),
                        shape.queue(),
                        shape.policy(),
                        Optional.empty(),
                        SEED);
        try (IngestWorkload workload = new IngestWorkload(context(control))) {
            workload.reach(_ -> {});
            // The garbage of the drive before is not to be collected in this one.
            System.gc();
            EngineResult result =
                    new Engine(SystemTime.INSTANCE, plan, workload, control).run(observer);
            return new Driven(result, workload.counts());
        }
    }

    private WorkloadContext context(RunControl control) {
        return new WorkloadContext(
                config(),
                Optional.empty(),
                Optional.empty(),
                "bench-" + SystemTime.INSTANCE.now() + "-" + DRIVES.incrementAndGet(),
                SystemTime.INSTANCE,
                control,
                ServiceStarter.none());
    }

    private RunConfig config() {
        Map<String, List<String>> flags =
                Map.of(
                        "workload", List.of("ingest"),
                        "service", List.of(service.toString()),
                        "mix", List.of("batch=100"),
                        "batch", List.of(Integer.toString(batch)));
        return ConfigLoader.load(
                        new ConfigInputs(
                                flags, Map.of(), Optional.empty(), Optional.empty(), () -> SEED))
                .config();
    }
}
