package io.floodmark.load.registry;

import io.floodmark.load.table.TableWorkload;
import io.floodmark.load.workload.DatabaseWorkload;
import io.floodmark.load.workload.WorkloadContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The workloads by name: the one place where a new one is registered.
public final class Workloads {

    private static final Map<String, Function<WorkloadContext, DatabaseWorkload>> FACTORIES =
            new TreeMap<>(Map.of("table", TableWorkload::new));

    private Workloads() {}

    /// The names that [#create] knows.
    public static String names() {
        return String.join(", ", FACTORIES.keySet());
    }

    /// A new workload, or nothing when the name is unknown.
    public static Optional<DatabaseWorkload> create(String name, WorkloadContext context) {
        return Optional.ofNullable(FACTORIES.get(name)).map(factory -> factory.apply(context));
    }
}
