package io.floodmark.store.memory;

import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.Sharing;
import io.floodmark.store.StoreOverloaded;
import io.floodmark.store.SubscriptionSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One named subscription: how far each partition is done, and which consumer has it. Used under
/// [OneLock].
///
/// Invariants: a checkpoint never goes back; every matching event of a partition up to its
/// checkpoint was acknowledged; a partition has at most one holder.
final class SharedProgress {

    private static final int MAX_CONSUMERS = 1_000;

    private final String name;
    private final Query query;
    private final Sharing sharing;
    private final MemoryLog log;

    /// By partition.
    private final List<Position> checkpoints;

    /// Partition to consumer; a partition without holder is not in it.
    private final Map<Integer, MemorySubscription> holders = new HashMap<>();

    /// When the lease of each consumer ends.
    private final Map<MemorySubscription, Instant> leases = new HashMap<>();

    private boolean deleted;

    SharedProgress(SubscriptionSpec spec, MemoryLog log) {
        name = spec.name();
        query = spec.query();
        sharing = spec.sharing();
        checkpoints =
                new ArrayList<>(
                        Collections.nCopies(spec.sharing().partitions(), spec.startAfter()));
        this.log = log;
    }

    void requireSame(SubscriptionSpec spec) {
        if (!spec.query().equals(query) || !spec.sharing().equals(sharing)) {
            throw new IllegalArgumentException(
                    "Subscription '%s' exists with query %s and %s; open it with these, or delete it"
                            .formatted(name, query, sharing));
        }
    }

    void requireExisting() {
        if (deleted) {
            throw new IllegalStateException("Subscription '" + name + "' was deleted");
        }
    }

    void delete() {
        deleted = true;
    }

    Position checkpoint() {
        return Collections.min(checkpoints);
    }

    /// Begins or renews the lease of a consumer.
    void join(MemorySubscription consumer, Instant now) {
        leases.values().removeIf(end -> !now.isBefore(end));
        leases.put(consumer, now.plus(InMemoryEventStore.LEASE));
        if (leases.size() > MAX_CONSUMERS) {
            leases.remove(consumer);
            throw new StoreOverloaded(
                    "Subscription '%s' has %d consumers, which is the limit; close some"
                            .formatted(name, MAX_CONSUMERS));
        }
        holders.values().retainAll(leases.keySet());
    }

    void leave(MemorySubscription consumer) {
        leases.remove(consumer);
        holders.values().removeIf(consumer::equals);
    }

    /// Gives back what is more than a fair share, and takes what is free and less.
    void balance(MemorySubscription consumer) {
        int fairShare = Math.ceilDiv(sharing.partitions(), leases.size());
        held(consumer).stream().skip(fairShare).toList().forEach(holders::remove);
        free().stream()
                .limit(fairShare - held(consumer).size())
                .forEach(partition -> holders.put(partition, consumer));
    }

    private List<Integer> held(MemorySubscription consumer) {
        return partitions()
                .filter(partition -> holders.get(partition) == consumer)
                .boxed()
                .toList();
    }

    private List<Integer> free() {
        return partitions().filter(partition -> !holders.containsKey(partition)).boxed().toList();
    }

    private IntStream partitions() {
        return IntStream.range(0, sharing.partitions());
    }

    /// The next events of the partitions that the consumer has.
    MemoryDelivery deliver(MemorySubscription consumer, int batchMax) {
        List<Integer> held = held(consumer);
        Position start =
                held.stream().map(checkpoints::get).min(Position::compareTo).orElse(log.head());
        List<RecordedEvent> events =
                log.after(start).stream()
                        .filter(event -> isDue(event, held))
                        .limit(batchMax)
                        .toList();
        if (events.isEmpty()) {
            advance(held, log.head());
            return new MemoryDelivery(consumer, events, List.of(), log.head());
        }
        return new MemoryDelivery(consumer, events, held, events.getLast().position());
    }

    private boolean isDue(RecordedEvent recorded, List<Integer> held) {
        int partition = sharing.partitionOf(recorded.event());
        return held.contains(partition)
                && recorded.position().isAfter(checkpoints.get(partition))
                && query.matches(recorded.event());
    }

    /// Only partitions that the consumer still has go on: of the others somebody else decides.
    void acknowledge(MemoryDelivery delivery) {
        List<Integer> held = held(delivery.consumer());
        advance(delivery.partitions().stream().filter(held::contains).toList(), delivery.upTo());
    }

    private void advance(List<Integer> partitions, Position upTo) {
        for (int partition : partitions) {
            if (upTo.isAfter(checkpoints.get(partition))) {
                checkpoints.set(partition, upTo);
            }
        }
    }
}
