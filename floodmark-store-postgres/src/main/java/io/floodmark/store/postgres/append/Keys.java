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
        return new Keys(Arrays.stream(values).distinct().toArray());
    }

    int size() {
        return values.length;
    }

    long at(int index) {
        return values[index];
    }
}
