package io.floodmark.load.engine;

/// An operation that its client gave up because its deadline had passed.
public final class DeadlinePassed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeadlinePassed() {
        super("deadline passed", null, false, false);
    }
}
