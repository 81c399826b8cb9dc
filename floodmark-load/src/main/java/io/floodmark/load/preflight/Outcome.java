package io.floodmark.load.preflight;

import java.util.Locale;

/// What a check came to.
public enum Outcome {
    /// Safe.
    PASS,
    /// Safe to run, but the user should know.
    WARN,
    /// Not safe: the run must not start.
    REFUSE,
    /// It could not be seen.
    UNKNOWN;

    /// The name in texts and JSON: `pass`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
