package io.floodmark.load.ingest;

/// Events are numbered in lanes, each without large gaps, so that notes on them lie close together.
enum Lane {
    /// Events sent alone: the number is that of the operation.
    SINGLE(0),
    /// Events sent with others: the number of the operation times the size of a batch, plus the
    /// place in the batch.
    MANY(1);

    static final int COUNT = 2;

    private final int code;

    Lane(int code) {
        this.code = code;
    }

    /// Its number, of one bit.
    int code() {
        return code;
    }

    static Lane of(int code) {
        return code == 0 ? SINGLE : MANY;
    }
}
