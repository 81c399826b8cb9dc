package io.floodmark.store.tck.history;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The verdict on a run: what was attempted, what came of it, and every anomaly with its count.
///
/// @param counts how often each anomaly was found; anomalies that were not found are absent
/// @param examples the first few of each anomaly, with their evidence
/// @param refusals the first reasons for which the store refused appends
/// @param elapsed time in which writers ran, without the checking between rounds
public record HistoryReport(
        HistoryWorkload workload,
        Totals totals,
        Map<Anomaly, Long> counts,
        List<Violation> examples,
        List<String> refusals,
        Duration elapsed) {

    /// Copies the collections.
    public HistoryReport {
        counts = Map.copyOf(counts);
        examples = List.copyOf(examples);
        refusals = List.copyOf(refusals);
    }

    /// How the attempts of a run ended; each was accepted, a conflict, refused or unknown.
    ///
    /// @param conditional attempts that had a condition, whatever came of them
    /// @param refused the store said that nothing was written, for a reason other than a conflict
    /// @param unknown the store could not say what happened
    /// @param replays appends of events that were already acknowledged, counted besides attempts
    /// @param events events of this run in the log
    public record Totals(
            long conditional,
            long accepted,
            long conflicts,
            long refused,
            long unknown,
            long replays,
            long reads,
            long events) {

        static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

        /// The number of attempts.
        public long attempts() {
            return accepted + conflicts + refused + unknown;
        }

        Totals plus(Totals other) {
            return new Totals(
                    conditional + other.conditional,
                    accepted + other.accepted,
                    conflicts + other.conflicts,
                    refused + other.refused,
                    unknown + other.unknown,
                    replays + other.replays,
                    reads + other.reads,
                    events + other.events);
        }
    }

    /// The seed that draws the same workload again.
    public long seed() {
        return workload.seed();
    }

    /// How often `anomaly` was found.
    public long count(Anomaly anomaly) {
        return counts.getOrDefault(anomaly, 0L);
    }

    /// The anomalies found, apart from those that the store under test does not promise to avoid.
    public Map<Anomaly, Long> countsWithout(Set<Anomaly> excused) {
        Map<Anomaly, Long> left = new EnumMap<>(Anomaly.class);
        counts.forEach((anomaly, count) -> {
            if (!excused.contains(anomaly)) {
                left.put(anomaly, count);
            }
        });
        return left;
    }

    /// Whether nothing was found.
    public boolean isClean() {
        return counts.isEmpty();
    }

    /// Several lines: the account of the attempts, each anomaly with its count, the evidence, and
    /// the seed.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "seed %d: %d attempts by %d workers in %.1f s: %d accepted, %d conflicts,"
                                + " %d refused, %d unknown; %d replays, %d reads, %d events%n",
                        seed(),
                        totals.attempts(),
                        workload.workers(),
                        elapsed.toNanos() / 1e9,
                        totals.accepted(),
                        totals.conflicts(),
                        totals.refused(),
                        totals.unknown(),
                        totals.replays(),
                        totals.reads(),
                        totals.events()));
        refusals.forEach(reason -> text.append("  refused: ").append(reason).append('\n'));
        countsWithout(Set.of())
                .forEach((anomaly, count) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "%s: %d times (%s)%n",
                                        anomaly,
                                        count,
                                        anomaly.meaning())));
        examples.forEach(violation -> text.append("  ").append(violation).append('\n'));
        return text.append(isClean() ? "no anomaly" : "repeat with seed " + seed()).toString();
    }
}
