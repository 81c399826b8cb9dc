package io.floodmark.load.config;

/// What happens to an arrival that finds no free worker.
public enum QueuePolicy {
    /// A full queue turns the arrival away.
    REJECT("reject"),
    /// A full queue makes the arrival wait; nothing is lost, lateness is measured.
    WAIT("wait"),
    /// An arrival already past its deadline is not sent any more.
    SKIP_LATE("skip-late");

    private final String label;

    QueuePolicy(String label) {
        this.label = label;
    }

    /// The name in settings and in the run record.
    public String label() {
        return label;
    }
}
