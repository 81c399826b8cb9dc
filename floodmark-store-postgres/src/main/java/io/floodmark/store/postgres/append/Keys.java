package io.floodmark.store.postgres.append;

import java.util.Arrays;

/// A few distinct 64-bit keys: hashes of tags, of promoted payload members, or of a type. Equal
/// keys do not prove equal texts; every hit is checked against the event itself.
final class Keys {
    private final long[] values;

    private Keys(long[] values) {
        this.values = values;
    }

    static Keys of(long[] values) {
        long[] distinct = new long[values.length];
        int count = 0;
        for (long value : values) {
            if (!contains(distinct, count, value)) {
                distinct[count++] = value;
            }
        }
        return new Keys(count == distinct.length ? distinct : Arrays.copyOf(distinct, count));
    }

    private static boolean contains(long[] values, int count, long value) {
        for (int i = 0; i < count; i++) {
            if (values[i] == value) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return values.length;
    }

    long at(int index) {
        return values[index];
    }
}
