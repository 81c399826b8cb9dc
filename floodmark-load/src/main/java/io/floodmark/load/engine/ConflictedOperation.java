package io.floodmark.load.engine;

/// An operation that its client gave up because concurrent ones were faster, again and again, until
/// it had no retries left. The target did nothing wrong and nothing was written.
public final class ConflictedOperation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConflictedOperation() {
        super("ran out of retries after conflicts", null, false, false);
    }
}
