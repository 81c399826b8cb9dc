package io.floodmark.ingest.replay;

/// Dead letters cannot be read or marked now.
public final class DeadLettersUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What could not be done.
    ///
    /// @param sentence one line for the user
    public DeadLettersUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
