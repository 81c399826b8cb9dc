package io.floodmark.store.postgres.subscription;

import io.floodmark.store.Position;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a consumer has of a subscription at one moment.
///
/// @param held by partition, what this consumer holds
/// @param registered whether the consumer is counted among those that live
/// @param consumers how many live, this one included
/// @param partitions how many there are in all; 0 when the subscription was deleted
/// @param free partitions that nobody holds
record Progress(
        Map<Integer, Lease> held, boolean registered, int consumers, int partitions, int free) {
    Progress {
        held = Map.copyOf(held);
    }

    /// A held partition.
    ///
    /// @param epoch number of the lease, by which late acknowledgements are told
    /// @param position all up to it is done
    record Lease(long epoch, Position position) {}

    int fairShare() {
        return Math.ceilDiv(partitions, Math.max(1, consumers));
    }

    /// Whether something is to be taken or given back.
    boolean isOutOfBalance() {
        return !registered || held.size() > fairShare() || (held.size() < fairShare() && free > 0);
    }

    /// The same, with positions that this consumer has looked past since.
    Progress lookedPast(Map<Integer, Lease> later) {
        Map<Integer, Lease> merged =
                held.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry ->
                                                latest(
                                                        entry.getValue(),
                                                        later.get(entry.getKey()))));
        return new Progress(merged, registered, consumers, partitions, free);
    }

    private static Lease latest(Lease stored, @Nullable Lease local) {
        return local != null
                        && local.epoch() == stored.epoch()
                        && local.position().isAfter(stored.position())
                ? local
                : stored;
    }
}
