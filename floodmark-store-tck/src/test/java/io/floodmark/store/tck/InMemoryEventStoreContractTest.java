package io.floodmark.store.tck;

import io.floodmark.store.EventStore;
import io.floodmark.store.memory.InMemoryEventStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

final class InMemoryEventStoreContractTest extends EventStoreContract {

    @Override
    protected StoreUnderTest open() {
        return new InMemory();
    }

    private static final class InMemory implements StoreUnderTest {
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        private final InMemoryEventStore store = new InMemoryEventStore(clock());

        private Clock clock() {
            InstantSource source = () -> Instant.now().plus(ahead.get());
            return source.withZone(ZoneOffset.UTC);
        }

        @Override
        public EventStore store() {
            return store;
        }

        @Override
        public Optional<Runnable> leaseExpiry() {
            return Optional.of(() -> ahead.set(InMemoryEventStore.LEASE.plusSeconds(1)));
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
