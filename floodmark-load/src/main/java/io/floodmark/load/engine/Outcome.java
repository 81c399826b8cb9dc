package io.floodmark.load.engine;

/// What became of a due arrival that was not rejected.
enum Outcome {
    DONE(0),
    FAILED(1),
    TIMED_OUT_IN_QUEUE(2),
    TIMED_OUT_IN_POOL(3),
    TIMED_OUT_IN_SERVICE(4),
    SKIPPED(5),
    NEVER_STARTED(6),
    UNFINISHED(7),
    CONFLICTED(8);

    private static final Outcome[] BY_CODE = values();

    /// A small number from 0, for arrays and packed samples.
    final int code;

    Outcome(int code) {
        this.code = code;
    }

    static Outcome of(int code) {
        return BY_CODE[code];
    }

    boolean timedOut() {
        return this == TIMED_OUT_IN_QUEUE
                || this == TIMED_OUT_IN_POOL
                || this == TIMED_OUT_IN_SERVICE;
    }

    /// Whether the outcome is one of an operation that ended while the run lasted.
    boolean terminal() {
        return this != NEVER_STARTED && this != UNFINISHED;
    }
}
