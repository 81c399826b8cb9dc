package io.floodmark.store;

/// The schema of the store is missing or of another version; the message says what to do. Nothing
/// was written.
public final class StoreNotReady extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreNotReady(String message) {
        super(message, null);
    }

    public StoreNotReady(String message, Throwable cause) {
        super(message, cause);
    }
}
