package io.floodmark.store.postgres.tune;

/// Why a server could not be read, changed or restored, in one sentence that says what to do next.
public final class TuningException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TuningException(String sentence) {
        super(sentence);
    }

    TuningException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// The explanation.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
