package io.floodmark.store.postgres.append;

import java.util.UUID;

/// A Bloom filter of event ids: what it does not contain was surely never added; of what was not
/// added it contains about one in a hundred.
///
/// *Threads:* one adds; once it is published and added to no more, all may ask.
final class IdFilter {
    private static final int BITS_PER_ID = 10;
    private static final int PROBES = 7;
    private static final long WORDS_MAX = 1 << 22;

    private final long[] words;

    /// For about so many ids; with many more it contains nearly everything.
    IdFilter(long ids) {
        words = new long[(int) Math.min(ids * BITS_PER_ID / Long.SIZE + 1, WORDS_MAX)];
    }

    void add(UUID id) {
        for (int probe = 0; probe < PROBES; probe++) {
            long bit = bit(id, probe);
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayContain(UUID id) {
        for (int probe = 0; probe < PROBES; probe++) {
            long bit = bit(id, probe);
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private long bit(UUID id, int probe) {
        long hash =
                mixed(id.getMostSignificantBits()) + probe * mixed(id.getLeastSignificantBits());
        return Long.remainderUnsigned(hash, (long) words.length * Long.SIZE);
    }

    /// Spreads each bit over all (the finaliser of SplitMix64).
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
