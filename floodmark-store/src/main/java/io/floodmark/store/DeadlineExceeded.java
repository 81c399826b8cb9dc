package io.floodmark.store;

/// The timeout of the call is over. Nothing was written; retry with more time, or shed load.
public final class DeadlineExceeded extends StoreException {

    private static final long serialVersionUID = 1L;

    public DeadlineExceeded(String message) {
        super(message, null);
    }

    public DeadlineExceeded(String message, Throwable cause) {
        super(message, cause);
    }
}
