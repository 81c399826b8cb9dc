package io.floodmark.store.postgres.inspect;

import java.util.TreeMap;

/// Fingerprints of index rows, one for each block of positions, computed here from the events and
/// by the server from its index rows: where the two differ, a block is looked at row by row.
///
/// A fingerprint is the count of rows, the exclusive or of their hashes, and a sum that ties each
/// hash to its place in the block. For one thread.
final class IndexPrint {
    /// Positions of one block.
    static final int BLOCK = 1_000;

    private static final long LOW_BITS = 0xFFFF;

    private final TreeMap<Long, Sums> blocks = new TreeMap<>();

    /// One fingerprint.
    record Sums(long rows, long xor, long tied) {
        static final Sums NONE = new Sums(0, 0, 0);
    }

    /// Adds the rows of one event.
    void add(long position, long[] hashes) {
        long place = (position - 1) % BLOCK + 1;
        for (long hash : hashes) {
            Sums sums = of(block(position));
            blocks.put(
                    block(position),
                    new Sums(
                            sums.rows() + 1,
                            sums.xor() ^ hash,
                            sums.tied() + ((hash & LOW_BITS) + 1) * place));
        }
    }

    /// The fingerprint of a block; of no rows, when nothing was added.
    Sums of(long block) {
        return blocks.getOrDefault(block, Sums.NONE);
    }

    static long block(long position) {
        return (position - 1) / BLOCK;
    }

    void clear() {
        blocks.clear();
    }

    /// The same by the server, for positions above the first parameter up to the second: columns
    /// block, rows, xor and tied.
    static String sql(String eventTag) {
        return """
        SELECT (position - 1) / %1$d, count(*), bit_xor(tag_hash),
               sum(((tag_hash & %2$d) + 1) * ((position - 1) %% %1$d + 1))::bigint
          FROM %3$s WHERE position > ? AND position <= ? GROUP BY 1
        """
                .formatted(BLOCK, LOW_BITS, eventTag);
    }
}
