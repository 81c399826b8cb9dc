package io.floodmark.store.postgres.tune;

/// What a server needs before a changed setting holds.
public enum Activation {
    /// A reload of the configuration; sessions that run take it over, too.
    RELOAD("reload"),
    /// A restart of the server.
    RESTART("restart");

    private final String label;

    Activation(String label) {
        this.label = label;
    }

    /// In one lower-case word.
    public String label() {
        return label;
    }
}
