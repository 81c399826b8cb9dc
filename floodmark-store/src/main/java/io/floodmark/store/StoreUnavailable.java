package io.floodmark.store;

/// The store cannot be reached or refuses to work at present. Nothing was written; retry later.
public final class StoreUnavailable extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message) {
        super(message, null);
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
