package io.floodmark.store.postgres.subscription;

import io.floodmark.store.Delivery;
import io.floodmark.store.Position;
import io.floodmark.store.StoreException;
import io.floodmark.store.Subscription;
import io.floodmark.store.postgres.PostgresEventStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

/// One consumer after the other in one place: it handles what it is given, mostly acknowledges, and
/// sometimes goes, in order or as if its process had died; another comes in its place. *Threads:*
/// one.
final class Follower implements Callable<Void> {
    private static final Duration WAIT = Duration.ofMillis(200);

    private final List<PostgresEventStore> stores;
    private final Handled handled;
    private final Pace pace;
    private final Random random;
    private final boolean alone;
    private Optional<Subscription> consumer = Optional.empty();

    /// @param alone whether nobody else consumes this subscription
    Follower(
            List<PostgresEventStore> stores,
            Handled handled,
            Pace pace,
            Random random,
            boolean alone) {
        this.stores = stores;
        this.handled = handled;
        this.pace = pace;
        this.random = random;
        this.alone = alone;
    }

    @Override
    public Void call() throws InterruptedException {
        boolean finished = false;
        while (!finished && !pace.isAborted()) {
            try {
                finished = step();
            } catch (StoreException e) {
                pace.pause();
            }
        }
        consumer.ifPresent(Subscription::close);
        return null;
    }

    /// True when there is nothing more to come.
    private boolean step() {
        Optional<Position> end = pace.end();
        learnCheckpoint();
        Position done = handled.done();
        Subscription from = consumer();
        Delivery delivery = from.next(WAIT);
        if (delivery.isEmpty()) {
            return end.isPresent() && hasReached(end.get());
        }
        handled.gave(done, delivery.events());
        if (random.nextInt(10) > 0) {
            from.acknowledge(delivery);
            if (alone) {
                handled.done(delivery.events().getLast().position());
            }
        }
        if (random.nextInt(40) == 0) {
            leave(from);
        }
        return false;
    }

    /// Of several consumers, one can be told late that a lease was lost: only what is stored is
    /// sure.
    private void learnCheckpoint() {
        if (!alone && random.nextInt(4) == 0) {
            store().subscriptions().checkpoint(handled.spec().name()).ifPresent(handled::done);
        }
    }

    private boolean hasReached(Position end) {
        return store().subscriptions()
                .checkpoint(handled.spec().name())
                .filter(it -> !it.isBefore(end) || !handled.spec().startAfter().isBefore(end))
                .isPresent();
    }

    private Subscription consumer() {
        if (consumer.isEmpty()) {
            consumer = Optional.of(store().subscriptions().open(handled.spec()));
        }
        return consumer.get();
    }

    private void leave(Subscription from) {
        consumer = Optional.empty();
        if (random.nextBoolean()) {
            from.close();
        }
    }

    private PostgresEventStore store() {
        return stores.get(random.nextInt(stores.size()));
    }

    @Override
    public String toString() {
        return handled.spec().name() + " done up to " + handled.done();
    }
}
