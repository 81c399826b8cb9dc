package io.floodmark.store.memory;

import io.floodmark.store.Position;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.Subscription;
import io.floodmark.store.SubscriptionSpec;
import io.floodmark.store.Subscriptions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The subscriptions by name.
final class MemorySubscriptions implements Subscriptions {

    private static final int MAX_SUBSCRIPTIONS = 10_000;

    private final Calls calls;
    private final MemoryLog log;
    private final Clock clock;
    private final Map<String, SharedProgress> byName = new HashMap<>();

    MemorySubscriptions(Calls calls, MemoryLog log, Clock clock) {
        this.calls = calls;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Subscription open(SubscriptionSpec spec) {
        return calls.alone("open", () -> opened(spec));
    }

    private Subscription opened(SubscriptionSpec spec) {
        @Nullable SharedProgress existing = byName.get(spec.name());
        SharedProgress progress = existing != null ? existing : new SharedProgress(spec, log);
        progress.requireSame(spec);
        if (existing == null) {
            add(spec.name(), progress);
        }
        var consumer = new MemorySubscription(calls, progress, clock, spec.batchMax());
        progress.join(consumer, clock.instant());
        return consumer;
    }

    private void add(String name, SharedProgress progress) {
        if (byName.size() == MAX_SUBSCRIPTIONS) {
            throw new StoreOverloaded(
                    "The store in memory has %d subscriptions, which is the limit; delete some"
                            .formatted(MAX_SUBSCRIPTIONS));
        }
        byName.put(name, progress);
    }

    @Override
    public Optional<Position> checkpoint(String name) {
        SubscriptionSpec.checkName(name);
        return calls.alone(
                "checkpoint",
                () -> Optional.ofNullable(byName.get(name)).map(SharedProgress::checkpoint));
    }

    @Override
    public void delete(String name) {
        SubscriptionSpec.checkName(name);
        calls.alone(
                "delete",
                () -> {
                    Optional.ofNullable(byName.remove(name)).ifPresent(SharedProgress::delete);
                    calls.lock().announceChange();
                    return name;
                });
    }
}
