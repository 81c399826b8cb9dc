package io.floodmark.store;

/// The calling thread was interrupted, or the store closed, before the call was decided. Nothing
/// was written. A thread that was interrupted still is.
public final class OperationCancelled extends StoreException {

    private static final long serialVersionUID = 1L;

    public OperationCancelled(String message) {
        super(message, null);
    }

    public OperationCancelled(String message, Throwable cause) {
        super(message, cause);
    }
}
