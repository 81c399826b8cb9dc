package io.floodmark.load.record;

/// How a run ended, with its exit code.
public enum Verdict {
    /// The run completed, its result is valid and every threshold held.
    PASS("pass", 0),
    /// The run was stopped by its governor, lost its target for good, or broke down itself.
    ABORTED("aborted", 2),
    /// A threshold was missed, an acknowledged write was lost, or the target broke its own rules.
    SLO_MISSED("slo_missed", 3),
    /// The generator was the limit, or the account did not close.
    INVALID("invalid", 4),
    /// Stopped by Ctrl-C or SIGTERM; the result covers what ran.
    INTERRUPTED("interrupted", 130);

    private final String label;
    private final int exitCode;

    Verdict(String label, int exitCode) {
        this.label = label;
        this.exitCode = exitCode;
    }

    /// The name in `summary.json`.
    public String label() {
        return label;
    }

    public int exitCode() {
        return exitCode;
    }
}
