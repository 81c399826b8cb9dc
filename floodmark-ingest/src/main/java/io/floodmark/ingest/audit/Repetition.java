package io.floodmark.ingest.audit;

import java.util.Locale;

/// What it means that a sink holds an event more than once.
public enum Repetition {
    /// The sink promises each event once.
    FAULT,
    /// The sink does not know repetitions, and its readers tell them by tenant and `event_id`.
    BY_DESIGN;

    /// As in results.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
