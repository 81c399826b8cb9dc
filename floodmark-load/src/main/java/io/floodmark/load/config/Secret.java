package io.floodmark.load.config;

/// A text that must not be shown. It prints as `***`, or as nothing when it is empty; only
/// [#reveal()] gives it away, for the one call that hands it to the server. Immutable.
public final class Secret {

    /// No secret at all.
    public static final Secret NONE = new Secret("");

    private static final String MASK = "***";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return text.isEmpty() ? NONE : new Secret(text);
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /// The secret itself.
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return isEmpty() ? "" : MASK;
    }
}
