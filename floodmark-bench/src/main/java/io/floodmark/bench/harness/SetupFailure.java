package io.floodmark.bench.harness;

/// What a benchmark needs is not there, or broke; the message is one line for the user.
public final class SetupFailure extends Exception {
    private static final long serialVersionUID = 1;

    public SetupFailure(String sentence) {
        super(sentence);
    }

    public SetupFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
