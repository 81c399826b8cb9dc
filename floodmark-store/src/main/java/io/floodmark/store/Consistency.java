package io.floodmark.store;

/// How fresh the answer to a read must be.
public sealed interface Consistency {

    static Consistency strong() {
        return new Strong();
    }

    static Consistency eventual() {
        return new Eventual();
    }

    static Consistency atLeast(Position position) {
        return new AtLeast(position);
    }

    /// All appends acknowledged before the read began are seen.
    record Strong() implements Consistency {}

    /// A replica may answer; what it says was true, and may be old.
    record Eventual() implements Consistency {}

    /// Whoever answers has seen this position: one reads one's own writes on a replica. A store
    /// waits for it until the timeout of the call.
    record AtLeast(Position position) implements Consistency {}
}
