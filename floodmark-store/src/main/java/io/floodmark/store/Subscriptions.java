package io.floodmark.store;

import java.util.Optional;

/// The named subscriptions of a store, whose progress outlives their consumers. Threads and
/// failures as in [EventStore].
public interface Subscriptions {

    /// Opens one more consumer of the subscription and creates the subscription if there is none of
    /// that name. Never waits for other consumers: see [Subscription#next].
    ///
    /// @throws IllegalArgumentException if the name exists with another query or sharing
    Subscription open(SubscriptionSpec spec);

    /// The position up to which all is done in every partition; empty if there is no such
    /// subscription.
    Optional<Position> checkpoint(String name);

    /// Forgets the subscription and its progress; its open consumers then fail with an
    /// [IllegalStateException]. Does nothing if there is none.
    void delete(String name);
}
