package io.floodmark.store.observe;

import java.util.Locale;

/// Which server gave an operation its answer.
public enum AnsweredBy {
    PRIMARY,
    REPLICA,
    /// None did: the operation failed before, or needed no server.
    NOBODY;

    /// The name in small letters.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
