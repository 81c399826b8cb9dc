package io.floodmark.store.tck.history;

import java.util.SplittableRandom;

/// A stream of draws that its seed and name determine.
///
/// *Threads.* Confined to one thread.
final class SeededDraws {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    SeededDraws(long seed, long round, long worker) {
        long mixed = new SplittableRandom(seed ^ (round * GOLDEN)).nextLong();
        this.random = new SplittableRandom(mixed ^ ((worker + 1) * GOLDEN));
    }

    /// A seed that nobody chose, to be shown so that the run can be repeated.
    static long freshSeed() {
        return new SplittableRandom().nextLong() >>> 1;
    }

    /// True with the given probability.
    boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    /// Uniform in `[0, bound)`.
    int below(int bound) {
        return random.nextInt(bound);
    }
}
