package io.floodmark.ingest.http;

import io.floodmark.ingest.metrics.IngestMetrics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/// Tells where the time of one request goes: at each moment between its start and its end it is in
/// exactly one stage, so that the stages add up to the request, however it ends. *Threads:* for
/// one.
final class StageClock {
    /// Where a request is.
    enum Stage {
        /// Whether it may be taken: key, type, quota, memory.
        ADMISSION,
        /// Its body comes in and is decompressed.
        READ,
        /// Its events are checked.
        PARSE,
        /// Its events are with the pipeline, from the hand-over to the last outcome.
        WAIT,
        /// What became of it is written.
        ANSWER;

        private final String label = name().toLowerCase(Locale.ROOT);
    }

    private final IngestMetrics metrics;
    private final LongSupplier nanos;
    private final long start;

    /// Of the stages that were reached.
    private final Map<Stage, Long> spent = new EnumMap<>(Stage.class);

    private Stage now = Stage.ADMISSION;
    private long since;

    /// Starts with the admission.
    StageClock(IngestMetrics metrics, LongSupplier nanos) {
        this.metrics = metrics;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.since = start;
    }

    /// The stage under way ends and another begins; one may come back.
    void enter(Stage next) {
        pass();
        now = next;
    }

    /// The request ends: tells the stages that it reached, and their sum.
    void end() {
        pass();
        spent.forEach((stage, time) -> metrics.stage(stage.label, time));
        metrics.stage("request", since - start);
    }

    private void pass() {
        long moment = nanos.getAsLong();
        spent.merge(now, moment - since, Long::sum);
        since = moment;
    }
}
