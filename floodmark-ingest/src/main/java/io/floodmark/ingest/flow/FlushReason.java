package io.floodmark.ingest.flow;

import java.util.Locale;

/// Why a batch was closed.
public enum FlushReason {
    /// It has enough bytes.
    BYTES,
    /// It has enough events.
    ROWS,
    /// Its first event waited long enough, be it alone.
    AGE,
    /// A writer was free.
    SLOT,
    /// Nothing more is to come.
    DRAIN;

    /// As in metrics.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
