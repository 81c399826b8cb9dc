package io.floodmark.store.postgres.tune;

/// On which servers a setting does something.
public enum Reach {
    /// On the primary and on replicas.
    EVERYWHERE,
    /// On the primary; a replica may have it, where it waits for a promotion.
    WRITERS,
    /// On replicas.
    REPLICAS;

    /// Whether a server in this role should have the setting.
    boolean wantedOn(Role role) {
        return this != REPLICAS || role == Role.REPLICA;
    }

    /// Whether it does something there now.
    boolean activeOn(Role role) {
        return this != WRITERS || role == Role.PRIMARY;
    }
}
