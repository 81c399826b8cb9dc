package io.floodmark.load.time;

import java.util.SplittableRandom;

/// A stream of pseudo-random numbers that its seed determines.
///
/// *Threads.* Confined to one thread.
public final class SeededRandom {

    private final SplittableRandom random;

    public SeededRandom(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// A stream of its own for each (`seed`, `stream`): workers and purposes never share one.
    public static SeededRandom of(long seed, long stream) {
        return new SeededRandom(
                new SplittableRandom(seed ^ (stream * 0x9E3779B97F4A7C15L)).nextLong());
    }

    /// A seed that nobody chose, to be shown so that the run can be repeated.
    public static long freshSeed() {
        return new SplittableRandom().nextLong() >>> 1;
    }

    /// Uniform in `[0, 1)`.
    public double nextDouble() {
        return random.nextDouble();
    }

    /// Uniform in `[0, bound)`.
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    /// Uniform in `[0, bound)`.
    public long nextLong(long bound) {
        return random.nextLong(bound);
    }

    /// A gap between Poisson arrivals: exponential with mean 1, by inversion (Devroye 1986, II.2).
    public double nextExponential() {
        return -Math.log1p(-random.nextDouble());
    }
}
