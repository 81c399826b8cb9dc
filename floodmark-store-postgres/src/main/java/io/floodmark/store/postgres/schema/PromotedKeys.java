package io.floodmark.store.postgres.schema;

import io.floodmark.store.Position;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Payload keys that are indexed like tags, each for all events after a position.
///
/// Keys are only ever added, so that an older set is still right for reading. For writing it is
/// not: an append moves `log_head` only where its column `promoted` is [#revision()].
///
/// @param revision how often the set was changed
/// @param since by key, the head of the log when the key was promoted
public record PromotedKeys(int revision, SortedMap<String, Position> since) {
    /// Copies the map.
    public PromotedKeys {
        since = Collections.unmodifiableSortedMap(new TreeMap<>(since));
    }

    /// No keys.
    public static PromotedKeys none() {
        return new PromotedKeys(0, Collections.emptySortedMap());
    }

    /// The keys that each new event's index rows must cover.
    public Set<String> keys() {
        return since.keySet();
    }

    /// The position after which `key` is indexed, if it is promoted.
    public Optional<Position> indexedAfter(String key) {
        return Optional.ofNullable(since.get(key));
    }
}
