package io.floodmark.store.tck.history;

/// Turns positions into numbers whose sums tell sets of positions apart.
final class PositionHash {

    private PositionHash() {}

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that spreads every bit.
    static long of(long position) {
        long z = position + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
