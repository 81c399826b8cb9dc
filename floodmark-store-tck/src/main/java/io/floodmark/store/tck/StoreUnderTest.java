package io.floodmark.store.tck;

import io.floodmark.store.EventStore;
import java.util.Optional;

/// A store on storage of its own, empty at first, and what a test may do around it.
///
/// Opened for each test and closed after it; the contract closes only what [#secondInstance] gave.
public interface StoreUnderTest extends AutoCloseable {

    /// The store; the same at each call.
    EventStore store();

    /// A new store object on the same storage, as another process would open it.
    default Optional<EventStore> secondInstance() {
        return Optional.empty();
    }

    /// What ends the leases of all consumers that make no calls, as time would.
    default Optional<Runnable> leaseExpiry() {
        return Optional.empty();
    }

    /// Keeps every append from being decided until the returned thing is closed, such as by a lock.
    default Optional<Stall> stall() {
        return Optional.empty();
    }

    /// A store that cannot append at present.
    interface Stall extends AutoCloseable {
        /// Lets appends go on.
        @Override
        void close();
    }

    /// Closes the store and frees its storage.
    @Override
    void close();
}
