package io.floodmark.load.config;

/// How far a connection insists on TLS; the modes of PostgreSQL's `sslmode`.
public enum SslMode {
    DISABLE("disable"),
    ALLOW("allow"),
    PREFER("prefer"),
    REQUIRE("require"),
    VERIFY_CA("verify-ca"),
    VERIFY_FULL("verify-full");

    private final String label;

    SslMode(String label) {
        this.label = label;
    }

    /// The name that PostgreSQL and its driver use.
    public String label() {
        return label;
    }
}
