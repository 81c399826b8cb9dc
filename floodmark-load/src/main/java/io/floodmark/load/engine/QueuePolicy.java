package io.floodmark.load.engine;

/// What becomes of an arrival that finds the queue full or its time past.
public enum QueuePolicy {
    /// Full queue: rejected and counted, as k6 drops iterations.
    REJECT("reject"),
    /// Full queue: waits outside of it, as pgbench's clients fall behind; the wait counts.
    WAIT("wait"),
    /// Waits, and is skipped when its deadline has passed before a worker is free, as with
    /// pgbench's latency limit.
    SKIP_LATE("skip-late");

    private final String label;

    QueuePolicy(String label) {
        this.label = label;
    }

    /// The name in settings and reports.
    public String label() {
        return label;
    }
}
