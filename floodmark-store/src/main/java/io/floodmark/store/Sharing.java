package io.floodmark.store;

import java.nio.ByteBuffer;
import java.util.Optional;

/// How the consumers of one subscription share its events.
public sealed interface Sharing {

    int MAX_PARTITIONS = 256;

    static Sharing exclusive() {
        return new Exclusive();
    }

    static Sharing partitioned(String tagKey, int partitions) {
        return new Partitioned(tagKey, partitions);
    }

    /// How many parts there are, each of which one consumer has at a time.
    int partitions();

    /// To which part an event belongs, from 0. This is the definition for every store, and stays
    /// the same between releases, because checkpoints depend on it.
    int partitionOf(Event event);

    /// One consumer gets all events; the others stand by.
    record Exclusive() implements Sharing {
        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public int partitionOf(Event event) {
            return 0;
        }
    }

    /// Events with the same value of the tag `tagKey=…` go to one consumer at a time, in order. An
    /// event without such a tag belongs to partition 0; of several, the first by text counts.
    ///
    /// @param tagKey without `=`
    /// @param partitions 1 to [#MAX_PARTITIONS]; more than there will ever be consumers
    record Partitioned(String tagKey, int partitions) implements Sharing {
        public Partitioned {
            Tag.checkKey(tagKey);
            Checks.between("Number of partitions", partitions, 1, MAX_PARTITIONS);
        }

        /// The SHA-256 of the value in UTF-8, its first eight bytes big endian, modulo
        /// `partitions`.
        @Override
        public int partitionOf(Event event) {
            return event.tags().stream()
                    .sorted()
                    .map(tag -> tag.value(tagKey))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(this::partitionOf)
                    .orElse(0);
        }

        private int partitionOf(String value) {
            return Math.floorMod(ByteBuffer.wrap(Digests.sha256(value)).getLong(), partitions);
        }
    }
}
