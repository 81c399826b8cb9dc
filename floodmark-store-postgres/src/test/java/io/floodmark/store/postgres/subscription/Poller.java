package io.floodmark.store.postgres.subscription;

import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreException;
import io.floodmark.store.postgres.PostgresEventStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/// A tailer that keeps its place in memory: it reads what comes after it, again and again, and goes
/// on behind the last event it saw when a read fails half way. *Threads:* one.
final class Poller implements Callable<Void> {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<PostgresEventStore> stores;
    private final Handled handled;
    private final Pace pace;
    private final Random random;

    Poller(List<PostgresEventStore> stores, Handled handled, Pace pace, Random random) {
        this.stores = stores;
        this.handled = handled;
        this.pace = pace;
        this.random = random;
    }

    @Override
    public Void call() throws InterruptedException {
        while (!pace.isAborted() && pace.end().filter(handled.done()::equals).isEmpty()) {
            try {
                read();
            } catch (StoreException e) {
                // Read again from there.
                pace.pause();
            }
            pace.pause();
        }
        return null;
    }

    private void read() {
        PostgresEventStore store = stores.get(random.nextInt(stores.size()));
        Position after = handled.done();
        try (EventStream log = store.read(handled.spec().query().after(after), TIMEOUT)) {
            while (log.hasNext()) {
                RecordedEvent event = log.next();
                handled.gave(handled.done(), List.of(event));
                handled.done(event.position());
            }
            handled.done(log.readUpTo());
        }
    }

    @Override
    public String toString() {
        return handled.spec().name() + " read up to " + handled.done();
    }
}
