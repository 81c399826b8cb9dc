package io.floodmark.ingest.wire;

/// A body beyond a limit that is not one of a single event; nothing in it was taken.
public final class BodyTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// A body beyond this limit.
    ///
    /// @param sentence which limit, for whoever sent it
    public BodyTooLarge(String sentence) {
        super(sentence, null, false, false);
    }

    /// Which limit.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
