package io.floodmark.load.postgres;

/// A password that does not show itself: neither in logs nor in records that contain it.
///
/// Equality compares the secret; [#reveal()] is for the driver alone.
public final class Password {

    private static final String MASK = "***";

    private final String secret;

    private Password(String secret) {
        this.secret = secret;
    }

    public static Password of(String secret) {
        return new Password(secret);
    }

    /// No password: servers that ask for one will refuse.
    public static Password none() {
        return new Password("");
    }

    public boolean isEmpty() {
        return secret.isEmpty();
    }

    /// The secret itself, in clear text.
    public String reveal() {
        return secret;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Password that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    /// A mask; empty when there is no password.
    @Override
    public String toString() {
        return secret.isEmpty() ? "" : MASK;
    }
}
