package io.floodmark.store;

/// The connection was lost while the append was being decided, and the store could not find out
/// what came of it. Appending the same events again, with the same ids, is safe and gives the
/// answer.
public final class AppendOutcomeUnknown extends StoreException {

    private static final long serialVersionUID = 1L;

    public AppendOutcomeUnknown(String message) {
        super(message, null);
    }

    public AppendOutcomeUnknown(String message, Throwable cause) {
        super(message, cause);
    }
}
