package io.floodmark.ingest.http;

import io.floodmark.ingest.metrics.IngestMetrics;
import java.util.function.LongSupplier;

/// Tells where the time of one request goes: each moment between its start and its end belongs to
/// one stage. *Threads:* for one.
final class StageClock {
    private final IngestMetrics metrics;
    private final LongSupplier nanos;
    private long since;
    private long admission;

    StageClock(IngestMetrics metrics, LongSupplier nanos) {
        this.metrics = metrics;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    /// What passed since the last call was this stage.
    void lap(String stage) {
        metrics.stage(stage, pass());
    }

    /// What passed since the last call was part of the admission: key, quota, memory, hand-over.
    void admitting() {
        admission += pass();
    }

    /// Nothing more of the admission comes.
    void admitted() {
        admitting();
        metrics.stage("admission", admission);
    }

    private long pass() {
        long now = nanos.getAsLong();
        long passed = now - since;
        since = now;
        return passed;
    }
}
