package io.floodmark.store.postgres.append;

import java.util.Arrays;

/// The positions of the events that have one key, rising: a ring that grows at the end, and from
/// which both ends can be taken. Never empty while it is in use.
///
/// *Threads:* one.
final class KeyPositions {
    private long[] ring = new long[1];
    private int start;
    private int size;

    int size() {
        return size;
    }

    /// The position at an index from 0, the oldest, to `size() - 1`.
    long at(int index) {
        return ring[slot(index)];
    }

    /// Adds a position higher than all others.
    void add(long position) {
        if (size == ring.length) {
            grow();
        }
        ring[slot(size++)] = position;
    }

    void removeOldest() {
        start = slot(1);
        size--;
    }

    void removeNewest() {
        size--;
    }

    /// The index of the first position above `position`; `size()` when there is none.
    int indexAfter(long position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int slot(int index) {
        return (start + index) & (ring.length - 1);
    }

    private void grow() {
        long[] grown = Arrays.copyOfRange(ring, start, start + ring.length * 2);
        System.arraycopy(ring, 0, grown, ring.length - start, start);
        ring = grown;
        start = 0;
    }
}
