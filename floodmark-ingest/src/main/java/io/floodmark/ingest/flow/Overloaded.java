package io.floodmark.ingest.flow;

/// This server cannot take a request now: nothing of it was taken, and it may be sent again.
public final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why.
    ///
    /// @param sentence for whoever sent the request
    public Overloaded(String sentence) {
        super(sentence, null, false, false);
    }

    /// Why, for whoever sent the request.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
