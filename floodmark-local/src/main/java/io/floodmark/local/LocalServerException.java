package io.floodmark.local;

/// A local server could not be started, stopped or reached; the message says what to do next and
/// never carries a password.
public final class LocalServerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LocalServerException(String message) {
        super(message);
    }

    LocalServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
