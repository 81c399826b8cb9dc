package io.floodmark.store.observe;

/// What is shared by all who listen to nothing.
final class Silence {
    static final StoreListener LISTENER = new StoreListener() {};
    static final OngoingOperation OPERATION = new OngoingOperation() {};
    static final OngoingCommit COMMIT = new OngoingCommit() {};

    private Silence() {}
}
