package io.floodmark.load.registry;

import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.events.EventsWorkload;
import io.floodmark.load.eventstore.PostgresStoreHome;
import io.floodmark.load.ingest.IngestWorkload;
import io.floodmark.load.table.TableWorkload;
import io.floodmark.load.workload.DatabaseWorkload;
import io.floodmark.load.workload.WorkloadContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The workloads by name: the one place where a new one is registered.
public final class Workloads {

    private static final Map<String, Function<WorkloadContext, DatabaseWorkload>> FACTORIES =
            new TreeMap<>(
                    Map.of(
                            "events",
                            context -> new EventsWorkload(context, new PostgresStoreHome(context)),
                            "ingest",
                            IngestWorkload::new,
                            "table",
                            TableWorkload::new));

    private Workloads() {}

    /// The workload of that name, to be made from a context.
    ///
    /// @throws ConfigurationException when there is none
    public static Function<WorkloadContext, DatabaseWorkload> named(String name) {
        Function<WorkloadContext, DatabaseWorkload> factory = FACTORIES.get(name);
        if (factory == null) {
            throw new ConfigurationException(
                    List.of(
                            "workload: there is no \"%s\"; allowed: %s"
                                    .formatted(name, String.join(", ", FACTORIES.keySet()))));
        }
        return factory;
    }
}
