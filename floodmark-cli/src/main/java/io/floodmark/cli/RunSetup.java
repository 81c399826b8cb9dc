package io.floodmark.cli;

import io.floodmark.load.arrival.Pacing;
import io.floodmark.load.config.Loaded;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.registry.Workloads;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.workload.DatabaseWorkload;
import io.floodmark.load.workload.WorkloadContext;
import java.net.URI;
import java.time.Duration;

/// The parts of a run, made from its settings.
record RunSetup(Loaded loaded, TargetServer server, RunControl control) {

    /// The configured workload, not yet prepared.
    DatabaseWorkload workload(String runId) {
        String name = loaded.config().load().workload();
        WorkloadContext context =
                new WorkloadContext(
                        loaded.config(),
                        server.database(),
                        server.replica(),
                        runId,
                        SystemTime.INSTANCE,
                        control,
                        new ServiceProcess.Starter());
        return Workloads.named(name).apply(context);
    }

    /// Whether the load falls on the database by our own hands, so that a preflight looks at it.
    boolean loadsDatabase() {
        return loaded.config().ingest().service().isEmpty();
    }

    private String target() {
        return loaded.config()
                .ingest()
                .service()
                .map(URI::toString)
                .orElseGet(() ->
                        server.target().describe()
                                + (server.own().isPresent() ? " (private)" : ""));
    }

    LoadPlan plan() {
        RunConfig.Load load = loaded.config().load();
        return new LoadPlan(
                PreflightPlans.pacing(load),
                load.duration(),
                load.workers(),
                load.queue(),
                load.policy(),
                load.deadline(),
                load.seed());
    }

    RunInfo info(DatabaseWorkload workload, String runId) {
        LoadPlan plan = plan();
        return new RunInfo(
                runId,
                SystemTime.INSTANCE.now(),
                loaded.config().load().workload(),
                target(),
                plan.pacing().describe(),
                plan.pacing() instanceof Pacing.Closed,
                plan.duration(),
                plan.workers(),
                plan.queueCapacity(),
                plan.queuePolicy().label(),
                plan.deadline().orElse(Duration.ZERO),
                plan.seed(),
                workload.operations().stream()
                        .map(share -> "%s %.0f %%".formatted(share.name(), share.percent()))
                        .toList(),
                loaded.settings());
    }
}
