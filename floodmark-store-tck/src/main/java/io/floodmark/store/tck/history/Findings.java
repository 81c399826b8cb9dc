package io.floodmark.store.tck.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The anomalies found so far: all are counted, the first of each kind keep their evidence. Also
/// the first reasons for which appends were refused, which are no anomalies.
///
/// *Threads.* Any thread.
final class Findings {

    /// Examples kept of each anomaly.
    static final int EXAMPLES_MAX = 5;

    private final Map<Anomaly, Long> counts = new EnumMap<>(Anomaly.class);
    private final List<Violation> examples = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    synchronized void add(Anomaly anomaly, Supplier<String> evidence) {
        long found = counts.merge(anomaly, 1L, Long::sum);
        if (found <= EXAMPLES_MAX) {
            examples.add(new Violation(anomaly, evidence.get()));
        }
    }

    synchronized void refused(Supplier<String> reason) {
        if (refusals.size() < EXAMPLES_MAX) {
            refusals.add(reason.get());
        }
    }

    synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    synchronized Map<Anomaly, Long> counts() {
        return Map.copyOf(counts);
    }

    synchronized List<Violation> examples() {
        return List.copyOf(examples);
    }
}
