package io.floodmark.store.postgres.observe;

import io.floodmark.store.Delivery;
import io.floodmark.store.Position;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import io.floodmark.store.Subscriptions;
import io.floodmark.store.observe.Operation;
import java.time.Duration;
import java.util.Optional;

/// Subscriptions whose calls, and those of their consumers, a listener is told of. *Threads:* for
/// all.
public final class ObservedSubscriptions implements Subscriptions {
    private final Subscriptions subscriptions;
    private final Calls calls;

    private ObservedSubscriptions(Subscriptions subscriptions, Calls calls) {
        this.subscriptions = subscriptions;
        this.calls = calls;
    }

    /// The subscriptions; the same if nobody listens.
    public static Subscriptions of(Subscriptions subscriptions, Calls calls) {
        return calls.isSilent() ? subscriptions : new ObservedSubscriptions(subscriptions, calls);
    }

    @Override
    public Subscription open(SubscriptionSpec spec) {
        Subscription consumer =
                calls.make(
                        Operation.SUBSCRIPTION_OPEN,
                        () -> subscriptions.open(spec),
                        Tellings::doneByPrimary);
        return new ObservedConsumer(consumer);
    }

    @Override
    public Optional<Position> checkpoint(String name) {
        return calls.make(
                Operation.SUBSCRIPTION_CHECKPOINT,
                () -> subscriptions.checkpoint(name),
                Tellings::foundByPrimary);
    }

    @Override
    public void delete(String name) {
        var _ =
                calls.make(
                        Operation.SUBSCRIPTION_DELETE,
                        () -> {
                            subscriptions.delete(name);
                            return name;
                        },
                        Tellings::doneByPrimary);
    }

    private final class ObservedConsumer implements Subscription {
        private final Subscription consumer;

        ObservedConsumer(Subscription consumer) {
            this.consumer = consumer;
        }

        @Override
        public Delivery next(Duration wait) {
            return calls.make(
                    Operation.SUBSCRIPTION_NEXT, () -> consumer.next(wait), Tellings::delivered);
        }

        @Override
        public void acknowledge(Delivery delivery) {
            var _ =
                    calls.make(
                            Operation.SUBSCRIPTION_ACKNOWLEDGE,
                            () -> {
                                consumer.acknowledge(delivery);
                                return delivery;
                            },
                            Tellings::doneByPrimary);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
