package io.floodmark.store.tck.history;

import java.util.Objects;

/// One anomaly with the attempts, positions and times that prove it.
public record Violation(Anomaly anomaly, String evidence) {
    /// Checks the values.
    public Violation {
        Objects.requireNonNull(anomaly, "anomaly");
        Objects.requireNonNull(evidence, "evidence");
    }

    @Override
    public String toString() {
        return anomaly + ": " + evidence;
    }
}
