package io.floodmark.store;

/// Text that is no JSON by RFC 8259, or JSON beyond the limits of [Json]; says where and why.
public final class InvalidJson extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int offset;

    InvalidJson(String reason, int offset) {
        super("Invalid JSON at byte " + offset + ": " + reason);
        this.offset = offset;
    }

    /// The index of the first offending byte in the UTF-8 text.
    public int offset() {
        return offset;
    }
}
