package io.floodmark.load.engine;

import org.jspecify.annotations.Nullable;

/// An operation that failed, with the class of failure it is counted under.
public final class FailedOperation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    /// A failure of one kind.
    ///
    /// @param kind the class of failure, a small set of words (`23 integrity constraint violation`)
    /// @param message an example for the report, without secrets
    public FailedOperation(String kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public String kind() {
        return kind;
    }
}
