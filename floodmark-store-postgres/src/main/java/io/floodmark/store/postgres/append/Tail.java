package io.floodmark.store.postgres.append;

import io.floodmark.store.Query;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;

/// The newest events of the log in memory, without gaps: positions [#first()] to [#last()].
///
/// Per key (tag or type) it knows the positions, so that a condition looks only at events after its
/// own position that carry the rarest of its keys, and at none when no key moved. Events of the
/// batch in the making stand at its end, provisionally, and are taken back with [#truncate] when
/// the commit fails.
///
/// *Threads:* the writer only.
final class Tail {
    private static final int RING_MIN = 1 << 10;

    private final int eventsMax;
    private final long bytesMax;
    private final KeyIndex byKey = new KeyIndex();
    private final Map<UUID, Long> positions = new HashMap<>();
    private TailEntry[] ring = new TailEntry[RING_MIN];
    private long first;
    private long next;
    private long bytes;

    Tail(int eventsMax, long bytesMax, long head) {
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
        this.first = head + 1;
        this.next = head + 1;
    }

    /// The lowest position held; `last() + 1` when empty.
    long first() {
        return first;
    }

    /// The highest position held, or the head at which the empty tail starts.
    long last() {
        return next - 1;
    }

    /// Forgets everything and starts again, empty, after `head`.
    void startAfter(long head) {
        byKey.clear();
        positions.clear();
        ring = new TailEntry[RING_MIN];
        first = head + 1;
        next = head + 1;
        bytes = 0;
    }

    /// Adds the event of the next position, and drops the oldest beyond the bounds.
    TailEntry add(EncodedEvent event) {
        var entry = new TailEntry(next, event);
        while (next > first && (next - first >= eventsMax || bytes + event.bytes() > bytesMax)) {
            dropOldest();
        }
        if (next - first == ring.length) {
            grow();
        }
        ring[index(next)] = entry;
        entry.join(byKey);
        positions.put(event.event().id(), next);
        bytes += event.bytes();
        next++;
        return entry;
    }

    /// Takes back everything after `last`.
    void truncate(long last) {
        while (next > first && next - 1 > last) {
            next--;
            TailEntry entry = ring[index(next)];
            entry.leaveAsNewest(byKey);
            forget(entry, next);
        }
        next = Math.min(next, last + 1);
        first = Math.min(first, next);
    }

    /// Sets when the events after `position` were recorded.
    void recorded(long position, Instant at) {
        for (long p = Math.max(position + 1, first); p < next; p++) {
            entry(p).recordedAt(at);
        }
    }

    /// The entries after `position` that are held, in order.
    List<TailEntry> after(long position) {
        return LongStream.range(Math.max(position + 1, first), next).mapToObj(this::entry).toList();
    }

    private void dropOldest() {
        TailEntry entry = ring[index(first)];
        entry.leaveAsOldest(byKey);
        forget(entry, first);
        first++;
    }

    private void forget(TailEntry entry, long position) {
        positions.remove(entry.event().id(), position);
        bytes -= entry.bytes();
        ring[index(position)] = TailEntry.NONE;
    }

    /// Where the event with this id stands, if it is here.
    OptionalLong position(UUID id) {
        Long position = positions.get(id);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /// The first event after `after` that `query` matches; nothing is said about positions before
    /// [#first()].
    Optional<TailEntry> firstMatch(Query query, List<ItemKeys> items, long after) {
        long best = next;
        for (ItemKeys item : items) {
            best =
                    switch (item) {
                        case ItemKeys.Every every -> matchOfAll(query, every.keys(), after, best);
                        case ItemKeys.Any any -> matchOfAny(query, any.keys(), after, best);
                        case ItemKeys.Unknown() -> scan(query, after, best);
                    };
        }
        return best == next ? Optional.empty() : Optional.of(entry(best));
    }

    /// The first match below `best` of a query whose matches have all of the keys: among the events
    /// of the key that fewest events after `after` have.
    private long matchOfAll(Query query, List<Long> keys, long after, long best) {
        KeyPositions rarest = null;
        int fewest = Integer.MAX_VALUE;
        for (long key : keys) {
            KeyPositions positions = byKey.get(key);
            if (positions == null) {
                return best;
            }
            int count = positions.size() - positions.indexAfter(after);
            if (count < fewest) {
                fewest = count;
                rarest = positions;
            }
        }
        return rarest == null ? best : match(query, rarest, after, best);
    }

    private long matchOfAny(Query query, List<Long> keys, long after, long best) {
        long lowest = best;
        for (long key : keys) {
            KeyPositions positions = byKey.get(key);
            if (positions != null) {
                lowest = match(query, positions, after, lowest);
            }
        }
        return lowest;
    }

    private long match(Query query, KeyPositions positions, long after, long best) {
        for (int i = positions.indexAfter(after); i < positions.size(); i++) {
            long position = positions.at(i);
            if (position >= best) {
                return best;
            }
            if (query.matches(entry(position).event())) {
                return position;
            }
        }
        return best;
    }

    private long scan(Query query, long after, long best) {
        for (long position = Math.max(after + 1, first); position < best; position++) {
            if (query.matches(entry(position).event())) {
                return position;
            }
        }
        return best;
    }

    private TailEntry entry(long position) {
        return ring[index(position)];
    }

    private int index(long position) {
        return (int) (position & (ring.length - 1));
    }

    private void grow() {
        TailEntry[] old = ring;
        ring = new TailEntry[old.length * 2];
        for (long position = first; position < next; position++) {
            ring[index(position)] = old[(int) (position & (old.length - 1))];
        }
    }
}
