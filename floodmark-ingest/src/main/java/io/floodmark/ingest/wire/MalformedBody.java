package io.floodmark.ingest.wire;

/// A body, or a line of one, that is not what its media type says; nothing in it was taken.
public final class MalformedBody extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /// A body that went wrong here.
    ///
    /// @param offset the byte at which it went wrong, counted after decompression
    public MalformedBody(int offset, String reason) {
        super(reason, null, false, false);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }

    /// A sentence for whoever sent it.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
