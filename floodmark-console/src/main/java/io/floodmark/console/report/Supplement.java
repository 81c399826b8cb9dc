package io.floodmark.console.report;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a report shows beyond the run's own record, known when the run is over.
///
/// @param distributions latency distributions by name (`response`, `service`, `wait`), each with
///   rising percentiles
/// @param environment facts about host and server by name, without secrets
public record Supplement(
        SortedMap<String, List<DistributionPoint>> distributions,
        SortedMap<String, String> environment) {

    public static final Supplement NONE = of(Map.of(), Map.of());

    public Supplement {
        SortedMap<String, List<DistributionPoint>> copies = new TreeMap<>(distributions);
        copies.replaceAll((_, points) -> List.copyOf(points));
        distributions = java.util.Collections.unmodifiableSortedMap(copies);
        environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    public static Supplement of(
            Map<String, List<DistributionPoint>> distributions, Map<String, String> environment) {
        return new Supplement(new TreeMap<>(distributions), new TreeMap<>(environment));
    }
}
