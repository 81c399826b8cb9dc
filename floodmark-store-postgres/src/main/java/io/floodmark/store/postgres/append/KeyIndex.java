package io.floodmark.store.postgres.append;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The positions of each 64-bit key in two flat arrays: open addressing, linear probing, and
/// removal by shifting back, so that it never degrades.
///
/// *Threads:* one.
final class KeyIndex {
    private static final int INITIAL_SLOTS = 1 << 10;

    private long[] keys = new long[INITIAL_SLOTS];
    private @Nullable KeyPositions[] positions = new KeyPositions[INITIAL_SLOTS];
    private int size;

    /// The positions of `key`, or null when it has none.
    @Nullable KeyPositions get(long key) {
        return positions[slot(key)];
    }

    /// Adds to `key` a position higher than all that it has.
    void add(long key, long position) {
        int slot = slot(key);
        KeyPositions held = positions[slot];
        if (held == null) {
            held = new KeyPositions();
            place(key, held);
        }
        held.add(position);
    }

    /// Takes the lowest position from `key`, which has one.
    void removeOldest(long key) {
        KeyPositions held = held(key);
        held.removeOldest();
        removeIfEmpty(key, held);
    }

    /// Takes the highest position from `key`, which has one.
    void removeNewest(long key) {
        KeyPositions held = held(key);
        held.removeNewest();
        removeIfEmpty(key, held);
    }

    void clear() {
        Arrays.fill(positions, null);
        size = 0;
    }

    /// How many keys have positions.
    int size() {
        return size;
    }

    private KeyPositions held(long key) {
        KeyPositions held = get(key);
        if (held == null) {
            throw new IllegalStateException("key %d has no positions".formatted(key));
        }
        return held;
    }

    private void place(long key, KeyPositions added) {
        if (++size > keys.length / 2) {
            grow();
        }
        int slot = slot(key);
        keys[slot] = key;
        positions[slot] = added;
    }

    private void removeIfEmpty(long key, KeyPositions held) {
        if (held.size() > 0) {
            return;
        }
        size--;
        int hole = slot(key);
        int mask = keys.length - 1;
        for (int next = (hole + 1) & mask; positions[next] != null; next = (next + 1) & mask) {
            // An entry may move back into the hole unless its home lies between the two.
            if (((next - home(keys[next])) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                positions[hole] = positions[next];
                hole = next;
            }
        }
        positions[hole] = null;
    }

    /// The slot that holds `key`, or the free one where it belongs.
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = home(key);
        while (positions[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(long key) {
        return (int) (key ^ (key >>> 32)) & (keys.length - 1);
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable KeyPositions[] oldPositions = positions;
        keys = new long[oldKeys.length * 2];
        positions = new KeyPositions[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldPositions[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                positions[slot] = oldPositions[i];
            }
        }
    }
}
