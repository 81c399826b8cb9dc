package io.floodmark.store;

/// Too many calls wait for the store already. Nothing was written; retry later, with fewer callers.
public final class StoreOverloaded extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreOverloaded(String message) {
        super(message, null);
    }

    public StoreOverloaded(String message, Throwable cause) {
        super(message, cause);
    }
}
