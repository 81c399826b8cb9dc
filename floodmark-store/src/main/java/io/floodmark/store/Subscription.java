package io.floodmark.store;

import java.time.Duration;

/// One consumer of a subscription: catches up with the log and then follows it. Every matching
/// event is delivered at least once, without gaps, and in order within its partition; after an
/// acknowledgement never again. For one thread, except [#close()], which may come from any.
///
/// A consumer has its partitions on a lease that each call renews. One that makes no call for
/// longer loses them to the others; its late acknowledgement then has no effect.
public interface Subscription extends AutoCloseable {

    /// The next events. What was delivered before and not acknowledged comes again, so that an
    /// attempt that failed is repeated by calling this.
    ///
    /// @param wait how long to wait if there is nothing to deliver, also because other consumers
    ///   have all partitions; 0 to [AppendLimits#MAX_TIMEOUT]
    /// @return without events if nothing came
    /// @throws OperationCancelled at an interrupt
    /// @throws IllegalStateException if this consumer or its store is closed, or the subscription
    ///   deleted
    Delivery next(Duration wait);

    /// Says that all events of the delivery are done; durable when it returns. A delivery without
    /// events, or acknowledged before, changes nothing.
    ///
    /// @throws IllegalArgumentException if the delivery came from another consumer
    void acknowledge(Delivery delivery);

    /// Gives the partitions back at once; a second time does nothing.
    @Override
    void close();
}
