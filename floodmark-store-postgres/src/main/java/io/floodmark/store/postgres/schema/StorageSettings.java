package io.floodmark.store.postgres.schema;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// Layout of a store's tables.
///
/// @param segmentSize positions per segment, 100 to 1,000,000,000, default 2,000,000; fixed when
///   the store is made, later values are ignored
/// @param promotedKeys top-level payload members that are indexed like tags from the moment they
///   are given to [StoreSchema#init]; default none. Keys are only ever added
/// @param conditionRecords whether the condition of each conditional append is kept for
///   verification; default off
public record StorageSettings(
        long segmentSize, SortedSet<String> promotedKeys, boolean conditionRecords) {
    /// Most payload keys that can be promoted: each can cost an index entry per event.
    public static final int PROMOTED_KEYS_MAX = 32;

    /// Longest promoted key, in characters.
    public static final int PROMOTED_KEY_LENGTH_MAX = 128;

    private static final long SEGMENT_SIZE_DEFAULT = 2_000_000;

    /// Checks and copies the values.
    public StorageSettings {
        StoreSettings.within("segmentSize", segmentSize, 100, 1_000_000_000);
        promotedKeys = Collections.unmodifiableSortedSet(new TreeSet<>(promotedKeys));
        StoreSettings.within("number of promotedKeys", promotedKeys.size(), 0, PROMOTED_KEYS_MAX);
        for (String key : promotedKeys) {
            StoreSettings.within(
                    "length of a promoted key", key.length(), 1, PROMOTED_KEY_LENGTH_MAX);
            if (key.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a promoted key must not contain U+0000");
            }
        }
    }

    /// Segments of 2,000,000 positions, no promoted keys, no condition records.
    public static StorageSettings defaults() {
        return new StorageSettings(SEGMENT_SIZE_DEFAULT, Collections.emptySortedSet(), false);
    }

    /// The same with another segment size.
    public StorageSettings withSegmentSize(long positions) {
        return new StorageSettings(positions, promotedKeys, conditionRecords);
    }

    /// The same with these promoted keys.
    public StorageSettings withPromotedKeys(String... keys) {
        return new StorageSettings(
                segmentSize, new TreeSet<>(java.util.List.of(keys)), conditionRecords);
    }

    /// The same with or without condition records.
    public StorageSettings withConditionRecords(boolean kept) {
        return new StorageSettings(segmentSize, promotedKeys, kept);
    }
}
