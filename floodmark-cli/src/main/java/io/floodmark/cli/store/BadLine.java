package io.floodmark.cli.store;

/// A line that is not an event: where, and what is wrong with it.
public final class BadLine extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long number;
    private final String reason;

    /// @param number of the line, from 1
    public BadLine(long number, String reason) {
        super("line " + number + ": " + reason);
        this.number = number;
        this.reason = reason;
    }

    /// The same mistake in another line.
    BadLine at(long line) {
        return new BadLine(line, reason);
    }

    /// What is wrong, without the place.
    String reason() {
        return reason;
    }

    /// The number of the line, from 1.
    public long number() {
        return number;
    }
}
