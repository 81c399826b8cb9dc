package io.floodmark.store.postgres.append;

import java.util.Arrays;

/// A map from 64-bit keys to positions in two flat arrays: open addressing, linear probing, and
/// removal by shifting back, so that it never degrades. Position 0 means absent.
///
/// *Threads:* one.
final class KeyIndex {
    private static final int INITIAL_SLOTS = 1 << 10;

    private long[] keys = new long[INITIAL_SLOTS];
    private long[] positions = new long[INITIAL_SLOTS];
    private int size;

    /// The position of `key`, or 0.
    long get(long key) {
        return positions[slot(key)];
    }

    void put(long key, long position) {
        int slot = slot(key);
        if (positions[slot] == 0 && ++size > keys.length / 2) {
            grow();
            slot = slot(key);
        }
        keys[slot] = key;
        positions[slot] = position;
    }

    void remove(long key) {
        int hole = slot(key);
        if (positions[hole] == 0) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        for (int next = (hole + 1) & mask; positions[next] != 0; next = (next + 1) & mask) {
            // An entry may move back into the hole unless its home lies between the two.
            if (((next - home(keys[next])) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                positions[hole] = positions[next];
                hole = next;
            }
        }
        positions[hole] = 0;
    }

    void clear() {
        Arrays.fill(positions, 0);
        size = 0;
    }

    int size() {
        return size;
    }

    /// The slot that holds `key`, or the free one where it belongs.
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = home(key);
        while (positions[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(long key) {
        return (int) (key ^ (key >>> 32)) & (keys.length - 1);
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldPositions = positions;
        keys = new long[oldKeys.length * 2];
        positions = new long[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldPositions[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                positions[slot] = oldPositions[i];
            }
        }
    }
}
