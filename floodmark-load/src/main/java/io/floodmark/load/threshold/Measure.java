package io.floodmark.load.threshold;

import io.floodmark.load.record.KindStats;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.Percentile;
import io.floodmark.load.record.RunResult;
import java.util.List;

/// What a threshold looks at: a statistic of a latency, a share or a count of outcomes, or the
/// throughput.
sealed interface Measure {

    Observation of(RunResult result);

    /// A statistic of a latency distribution; `kind` is empty for all kinds together.
    record LatencyStatistic(LatencyMetric metric, String kind, Statistic statistic)
            implements Measure {

        @Override
        public Observation of(RunResult result) {
            List<Latency> found = metric.in(result, kind);
            if (found.isEmpty() || found.getFirst().count() == 0) {
                return new Observation.Missing(
                        kind.isEmpty() ? "no operations" : "no operations of kind " + kind);
            }
            Percentile value = statistic.in(found.getFirst());
            return new Observation.Millis(value.millis(), value.lowerBound());
        }
    }

    /// Outcomes as a share of all due arrivals.
    record OutcomeShare(Outcome outcome) implements Measure {

        @Override
        public Observation of(RunResult result) {
            long due = result.account().due();
            return due == 0
                    ? new Observation.Missing("no operations were due")
                    : new Observation.Share(outcome.in(result.account()), due);
        }
    }

    /// How many due arrivals ended so.
    record OutcomeCount(Outcome outcome) implements Measure {

        @Override
        public Observation of(RunResult result) {
            return new Observation.Count(outcome.in(result.account()));
        }
    }

    /// Operations completed per second of the run.
    record Throughput() implements Measure {

        @Override
        public Observation of(RunResult result) {
            return result.elapsedSeconds() > 0
                    ? new Observation.PerSecond(result.account().done() / result.elapsedSeconds())
                    : new Observation.Missing("the run took no time");
        }
    }

    /// The latencies that a run records.
    enum LatencyMetric {
        RESPONSE("response"),
        SERVICE("service"),
        WAIT("wait"),
        LAG("lag");

        static final List<LatencyMetric> ALL = List.of(values());

        private final String label;

        LatencyMetric(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /// The generator's lag is told for the whole run only.
        boolean byKind() {
            return this != LAG;
        }

        /// The distribution, or nothing when the run had no such kind.
        private List<Latency> in(RunResult result, String kind) {
            if (kind.isEmpty()) {
                return List.of(this == LAG ? result.generatorLag() : in(result.total()));
            }
            return result.kinds().stream()
                    .filter(stats -> stats.kind().equals(kind))
                    .map(this::in)
                    .toList();
        }

        private Latency in(KindStats stats) {
            return switch (this) {
                case RESPONSE -> stats.response();
                case SERVICE -> stats.service();
                case WAIT -> stats.waiting();
                case LAG -> throw new IllegalStateException("lag is not kept by kind");
            };
        }
    }

    /// One number of a distribution.
    enum Statistic {
        P50,
        P90,
        P95,
        P99,
        P999,
        MAX,
        AVERAGE;

        private Percentile in(Latency latency) {
            return switch (this) {
                case P50 -> latency.p50();
                case P90 -> latency.p90();
                case P95 -> latency.p95();
                case P99 -> latency.p99();
                case P999 -> latency.p999();
                case MAX -> latency.max();
                // A mean over operations that never ended is a lower bound as well.
                case AVERAGE -> new Percentile(latency.mean(), latency.censored() > 0);
            };
        }
    }
}
